import { Module, type DynamicModule } from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { DataSource } from 'typeorm'
import { AssistanceService } from './assistance/assistance.service.js'
import { CommitmentsService } from './assistance/commitments.service.js'
import { IatiService } from './assistance/iati/iati.service.js'
import { MatchLifeService } from './assistance/match-life.service.js'
import { MatchesService } from './assistance/matches.service.js'
import { MatchingService } from './assistance/matching.service.js'
import { OverlapsService } from './assistance/overlaps.service.js'
import { ProposingService } from './assistance/proposing.service.js'
import { CalendarService } from './calendar/calendar.service.js'
import { CarryingService } from './carrying/carrying.service.js'
import { ChartsService } from './charts/charts.service.js'
import { CountriesService } from './countries/countries.service.js'
import { FocalPointsService } from './countries/focal-points.service.js'
import { Clock } from './common/clock.js'
import { LOG, type Log } from './common/log.js'
import { Signing } from './common/signing.js'
import { SESSION_KEY, SETTINGS_TOKEN } from './config/token.js'
import type { Settings } from './config/settings.js'
import { Anchoring } from './comments/anchoring.js'
import { CommentsService } from './comments/comments.service.js'
import { DecisionsService } from './decisions/decisions.service.js'
import { Settling } from './decisions/settling.js'
import { VoicesService } from './decisions/voices.service.js'
import { BoardService } from './dialogue/board.service.js'
import { DialogueService } from './dialogue/dialogue.service.js'
import { CollabSocket } from './documents/collab.socket.js'
import { Following } from './dialogue/following.js'
import { PositionsService } from './dialogue/positions.service.js'
import { ParagraphsProjection } from './search/paragraphs.projection.js'
import { SearchService } from './search/search.service.js'
import { PrivateThreadsService } from './dialogue/private-threads.service.js'
import { AttachmentsService } from './dialogue/attachments.service.js'
import { SCANNER, scannerOf } from './dialogue/scanner.js'
import { TRANSLATOR, translatorOf } from './dialogue/translator.js'
import { TranslationsService } from './dialogue/translations.service.js'
import { ProceedingsService } from './dialogue/proceedings.service.js'
import { DocumentsService } from './documents/documents.service.js'
import { ExchangeService } from './documents/exchange/exchange.service.js'
import { Press } from './documents/exchange/press.js'
import { Growth } from './documents/growth.js'
import { HistoryReader } from './documents/history/history.reader.js'
import { HistoryService } from './documents/history/history.service.js'
import { LogMonths } from './documents/log.months.js'
import { Modes } from './documents/modes.js'
import { LogStore } from './documents/log.store.js'
import { Projections } from './documents/projection.js'
import { TextAuthority } from './documents/text.authority.js'
import { TextSource } from './documents/text.source.js'
import { Texts } from './documents/texts.js'
import { EvidenceService } from './follow-up/evidence.service.js'
import { MatrixService } from './follow-up/matrix.service.js'
import { ReportsService } from './follow-up/reports.service.js'
import { Standing } from './follow-up/standing.js'
import { WorkListService } from './follow-up/work-list.service.js'
import { Health } from './http/health.js'
import { PublicAnswers } from './http/public-answers.js'
import { Metrics } from './http/metrics.js'
import { FirstAccount } from './identity/first-account.js'
import { IdentityService } from './identity/identity.service.js'
import { Invitations } from './identity/invitations.js'
import { PasswordsService } from './identity/passwords.service.js'
import { People } from './identity/people.js'
import { SeatsService } from './identity/seats.service.js'
import { WebSessions } from './identity/web-sessions.js'
import { LanguagesService } from './languages/languages.service.js'
import { LanguageViews } from './languages/languages.views.js'
import { RenderingsProjection } from './languages/renderings.projection.js'
import { PortalService } from './portal/portal.service.js'
import { Publisher } from './realtime/publisher.js'
import { Attending } from './presence/attending.js'
import { ChangeTableService } from './reviews/change-table.service.js'
import { ReviewsService } from './reviews/reviews.service.js'
import { PresenceService } from './presence/presence.service.js'
import { PlanProjection } from './plans/plan.projection.js'
import { ProgressService } from './plans/progress.service.js'
import { PlansService } from './plans/plans.service.js'
import { BrowsersService } from './notices/browsers.service.js'
import { Forgetting } from './notices/forgetting.js'
import { Happenings } from './notices/happenings.js'
import { InvitationLetters } from './notices/invitation-letters.js'
import { Letters } from './notices/letters.js'
import { MailSender } from './notices/mail.sender.js'
import { Notices } from './notices/notices.js'
import { NoticesService } from './notices/notices.service.js'
import { Post } from './notices/post.js'
import { Push } from './notices/push.js'
import { PushKeys } from './notices/push.keys.js'
import { PushSender } from './notices/push.sender.js'
import { Reminders } from './notices/reminders.js'
import { RoomGateway } from './realtime/room.gateway.js'
import { BracketKeeping } from './negotiation/bracket.keeping.js'
import { BracketsService } from './negotiation/brackets.service.js'
import { Decided } from './negotiation/decided.js'
import { IntegrityService } from './negotiation/integrity.service.js'
import { IssuingService } from './negotiation/issuing.service.js'
import { PenService } from './negotiation/pen.service.js'
import { ProposalsService } from './negotiation/proposals.service.js'
import { Reopening } from './negotiation/reopening.js'
import { InformalsService } from './informals/informals.service.js'
import { Offering } from './informals/offering.js'
import { ModerationService } from './moderation/moderation.service.js'
import { MutesService } from './moderation/mutes.service.js'
import { Table } from './negotiation/table.js'
import { RecordTexts } from './records/record-texts.js'
import { RecordsService } from './records/records.service.js'
import { RoundReportService } from './records/round-report.service.js'
import { RecommendationsService } from './recommendations/recommendations.service.js'
import { SavedViewsService } from './recommendations/saved-views.service.js'
import { SheetsService } from './recommendations/sheets/sheets.service.js'
import { SuccessionService } from './recommendations/succession.service.js'
import { AgendaService } from './rounds/agenda.service.js'
import { Planning } from './rounds/planning.js'
import { RoundsService } from './rounds/rounds.service.js'
import { SessionsService } from './rounds/sessions.service.js'
import { FloorService } from './speakers/floor.service.js'
import { PassageService } from './speakers/passage.service.js'
import { SpeakersService } from './speakers/speakers.service.js'
import { TraceLinks } from './trace/trace-links.js'
import { TraceService } from './trace/trace.service.js'
import { DiagnosisService } from './visions/diagnosis.service.js'
import { OriginsService } from './visions/origins.service.js'
import { VisionsService } from './visions/visions.service.js'
import { Bus } from './work/bus.js'
import { Dispatcher } from './work/dispatcher.js'
import { RateLimits } from './work/rate-limits.js'
import { UnitOfWork } from './work/unit-of-work.js'

/** What the application is given from outside. */
export interface Outside {
  settings: Settings
  source: DataSource
  clock: Clock
  log: Log
  /** Key under which session tokens are hashed. */
  sessionKey: string
}

@Module({})
export class AppModule {
  static with({ settings, source, clock, log, sessionKey }: Outside): DynamicModule {
    return {
      module: AppModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: SETTINGS_TOKEN, useValue: settings },
        { provide: SESSION_KEY, useValue: sessionKey },
        { provide: DataSource, useValue: source },
        { provide: Clock, useValue: clock },
        { provide: LOG, useValue: log },
        ...[Bus, UnitOfWork, RateLimits, Dispatcher, Publisher, RoomGateway, Metrics, Health, PublicAnswers],
        ...[
          WebSessions,
          IdentityService,
          People,
          Invitations,
          PasswordsService,
          SeatsService,
          FirstAccount,
          Planning,
          RoundsService,
          SessionsService,
          DialogueService,
        ],
        ...[AgendaService, Signing, CalendarService],
        ...[SpeakersService, FloorService, PassageService, PresenceService, Attending, ReviewsService],
        ChangeTableService,
        ...[PositionsService, ProceedingsService, Following, BoardService, PrivateThreadsService],
        { provide: TRANSLATOR, useValue: translatorOf(settings) },
        { provide: SCANNER, useValue: scannerOf(settings) },
        ...[TranslationsService, AttachmentsService],
        ...[Post, Notices, NoticesService, Happenings, Reminders, InvitationLetters, Letters, MailSender],
        ...[PushKeys, Push, PushSender, BrowsersService, Forgetting],
        ...[SearchService, ParagraphsProjection],
        ...[ModerationService, MutesService],
        ...[Growth, Projections, PlanProjection, PlansService, ProgressService],
        ...[TextSource, LogStore, LogMonths, TextAuthority, Texts, CollabSocket],
        ...[DocumentsService, HistoryReader, HistoryService],
        ...[Press, ExchangeService],
        ...[
          Table,
          ProposalsService,
          PenService,
          IssuingService,
          Reopening,
          BracketsService,
          BracketKeeping,
          IntegrityService,
        ],
        ...[InformalsService, Offering],
        ...[Modes, Decided, DecisionsService, VoicesService, Settling],
        ...[RecordTexts, RecordsService, RoundReportService],
        ...[LanguageViews, LanguagesService, RenderingsProjection],
        ...[CommentsService, Anchoring],
        ...[DiagnosisService, VisionsService, OriginsService],
        ...[
          CarryingService,
          RecommendationsService,
          SuccessionService,
          SheetsService,
          SavedViewsService,
          AssistanceService,
          MatchesService,
          ProposingService,
          MatchLifeService,
          IatiService,
          MatchingService,
          OverlapsService,
          CommitmentsService,
          ReportsService,
          Standing,
          EvidenceService,
          MatrixService,
          WorkListService,
        ],
        ...[TraceLinks, TraceService, PortalService],
        ...[ChartsService, CountriesService, FocalPointsService],
      ],
    }
  }
}
