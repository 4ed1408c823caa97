import type { MigrationInterface, QueryRunner } from 'typeorm'

/*
 * Countries by ISO 3166-1 and M49, as the data set country-codes (PDDL) lists them: region, subregion, then
 * alpha-3, alpha-2 and M49 number of each.
 */
const COUNTRIES = `
2 15: DZA DZ 12, EGY EG 818, LBY LY 434, MAR MA 504, SDN SD 729, TUN TN 788, ESH EH 732
2 202: AGO AO 24, BEN BJ 204, BWA BW 72, IOT IO 86, BFA BF 854, BDI BI 108, CPV CV 132, CMR CM 120, CAF CF 140, TCD TD 148, COM KM 174, COG CG 178, COD CD 180, DJI DJ 262, GNQ GQ 226, ERI ER 232, SWZ SZ 748, ETH ET 231, ATF TF 260, GAB GA 266, GMB GM 270, GHA GH 288, GIN GN 324, GNB GW 624, CIV CI 384, KEN KE 404, LSO LS 426, LBR LR 430, MDG MG 450, MWI MW 454, MLI ML 466, MRT MR 478, MUS MU 480, MYT YT 175, MOZ MZ 508, NAM NA 516, NER NE 562, NGA NG 566, REU RE 638, RWA RW 646, SHN SH 654, STP ST 678, SEN SN 686, SYC SC 690, SLE SL 694, SOM SO 706, ZAF ZA 710, SSD SS 728, TGO TG 768, UGA UG 800, TZA TZ 834, ZMB ZM 894, ZWE ZW 716
9 53: AUS AU 36, CXR CX 162, CCK CC 166, HMD HM 334, NZL NZ 554, NFK NF 574
9 54: FJI FJ 242, NCL NC 540, PNG PG 598, SLB SB 90, VUT VU 548
9 57: GUM GU 316, KIR KI 296, MHL MH 584, FSM FM 583, NRU NR 520, MNP MP 580, PLW PW 585, UMI UM 581
9 61: ASM AS 16, COK CK 184, PYF PF 258, NIU NU 570, PCN PN 612, WSM WS 882, TKL TK 772, TON TO 776, TUV TV 798, WLF WF 876
19 21: BMU BM 60, CAN CA 124, GRL GL 304, SPM PM 666, USA US 840
19 419: AIA AI 660, ATG AG 28, ARG AR 32, ABW AW 533, BHS BS 44, BRB BB 52, BLZ BZ 84, BOL BO 68, BES BQ 535, BVT BV 74, BRA BR 76, VGB VG 92, CYM KY 136, CHL CL 152, COL CO 170, CRI CR 188, CUB CU 192, CUW CW 531, DMA DM 212, DOM DO 214, ECU EC 218, SLV SV 222, FLK FK 238, GUF GF 254, GRD GD 308, GLP GP 312, GTM GT 320, GUY GY 328, HTI HT 332, HND HN 340, JAM JM 388, MTQ MQ 474, MEX MX 484, MSR MS 500, NIC NI 558, PAN PA 591, PRY PY 600, PER PE 604, PRI PR 630, BLM BL 652, KNA KN 659, LCA LC 662, MAF MF 663, VCT VC 670, SXM SX 534, SGS GS 239, SUR SR 740, TTO TT 780, TCA TC 796, VIR VI 850, URY UY 858, VEN VE 862
142 30: CHN CN 156, HKG HK 344, MAC MO 446, PRK KP 408, JPN JP 392, MNG MN 496, KOR KR 410, TWN TW 158
142 34: AFG AF 4, BGD BD 50, BTN BT 64, IND IN 356, IRN IR 364, MDV MV 462, NPL NP 524, PAK PK 586, LKA LK 144
142 35: BRN BN 96, KHM KH 116, IDN ID 360, LAO LA 418, MYS MY 458, MMR MM 104, PHL PH 608, SGP SG 702, THA TH 764, TLS TL 626, VNM VN 704
142 143: KAZ KZ 398, KGZ KG 417, TJK TJ 762, TKM TM 795, UZB UZ 860
142 145: ARM AM 51, AZE AZ 31, BHR BH 48, CYP CY 196, GEO GE 268, IRQ IQ 368, ISR IL 376, JOR JO 400, KWT KW 414, LBN LB 422, OMN OM 512, QAT QA 634, SAU SA 682, PSE PS 275, SYR SY 760, TUR TR 792, ARE AE 784, YEM YE 887
150 39: ALB AL 8, AND AD 20, BIH BA 70, HRV HR 191, GIB GI 292, GRC GR 300, VAT VA 336, ITA IT 380, MLT MT 470, MNE ME 499, MKD MK 807, PRT PT 620, SMR SM 674, SRB RS 688, SVN SI 705, ESP ES 724
150 151: BLR BY 112, BGR BG 100, CZE CZ 203, HUN HU 348, POL PL 616, MDA MD 498, ROU RO 642, RUS RU 643, SVK SK 703, UKR UA 804
150 154: ALA AX 248, DNK DK 208, EST EE 233, FRO FO 234, FIN FI 246, GGY GG 831, ISL IS 352, IRL IE 372, IMN IM 833, JEY JE 832, LVA LV 428, LTU LT 440, NOR NO 578, SJM SJ 744, SWE SE 752, GBR GB 826
150 155: AUT AT 40, BEL BE 56, FRA FR 250, DEU DE 276, LIE LI 438, LUX LU 442, MCO MC 492, NLD NL 528, CHE CH 756
`

/*
 * Who belongs to which group, from which day until before which: of the least developed, landlocked and small
 * island states by the same data set, with the graduations decided since; the members of the Development
 * Assistance Committee of the OECD as of 2024; income groups of the World Bank of July 2024 for some.
 */
const GROUPS = `
LDC - -: AFG AGO BEN BFA BDI CAF TCD COM COD DJI ERI ETH GMB GIN GNB HTI KIR LSO LBR MDG MWI MLI MRT MOZ MMR NER RWA SLE SOM SSD SDN TLS TGO TUV UGA TZA YEM ZMB
LDC - 2024-12-13: STP
LDC - 2026-11-24: BGD LAO NPL
LDC - 2023-12-13: BTN
LDC - 2027-12-13: SLB
LDC - 2029-12-19: KHM SEN
LLDC - -: AFG ARM AZE BTN BOL BWA BFA BDI CAF TCD SWZ ETH KAZ KGZ LAO LSO MWI MLI MNG NPL NER MKD PRY MDA RWA SSD TJK TKM UGA UZB ZMB ZWE
SIDS - -: ASM AIA ATG ABW BHS BRB BLZ BES VGB CPV COM COK CUB CUW DMA DOM FJI PYF GRD GUM GNB GUY HTI JAM KIR MDV MHL MUS FSM MSR NRU NCL NIU MNP PLW PNG PRI KNA LCA VCT WSM STP SYC SGP SXM SLB SUR TLS TON TTO TUV VIR VUT
DAC - -: AUS AUT BEL CAN CHE CZE DEU DNK ESP FIN FRA GBR GRC HUN IRL ISL ITA JPN LUX NLD NOR NZL POL PRT SVK SVN SWE USA
DAC 2010-01-01 -: KOR
DAC 2022-11-15 -: LTU
DAC 2023-07-12 -: EST
LIC 2024-07-01 -: ETH
LMC 2024-07-01 -: GHA IND MAR PAK TUN
UMC 2024-07-01 -: COL IDN MEX
HIC 2024-07-01 -: CHE DEU KOR
`

const lines = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(': ') as [string, string])

/** Which countries there are and to which groups they belong: what eligibility, likeness and direction are told by. */
export class Countries1795001140000 implements MigrationInterface {
  name = 'Countries1795001140000'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE country (
        code text CONSTRAINT pk_country PRIMARY KEY CONSTRAINT ck_country_code CHECK (code ~ '^[A-Z]{3}$'),
        alpha2 text NOT NULL CONSTRAINT uq_country_alpha UNIQUE,
        m49 smallint NOT NULL CONSTRAINT uq_country_number UNIQUE,
        region smallint NOT NULL,
        subregion smallint NOT NULL
      )`)
    await q.query(`
      CREATE TABLE country_group (
        name text NOT NULL CONSTRAINT ck_country_group_name CHECK (name ~ '^[A-Z]{3,4}$'),
        country text NOT NULL CONSTRAINT fk_country_group_country REFERENCES country,
        since date NOT NULL,
        until date,
        CONSTRAINT pk_country_group PRIMARY KEY (country, name, since),
        CONSTRAINT ck_country_group_until CHECK (until > since)
      )`)
    for (const [place, countries] of lines(COUNTRIES)) {
      const [region, subregion] = place.split(' ')
      await q.query(
        `INSERT INTO country (code, alpha2, m49, region, subregion)
         SELECT split_part(c, ' ', 1), split_part(c, ' ', 2), split_part(c, ' ', 3)::smallint, $2, $3
         FROM unnest(string_to_array($1, ', ')) c`,
        [countries, region, subregion],
      )
    }
    for (const [named, countries] of lines(GROUPS)) {
      const [name, since, until] = named.split(' ')
      await q.query(
        `INSERT INTO country_group (name, country, since, until)
         SELECT $2, c, coalesce(nullif($3, '-')::date, '-infinity'), nullif($4, '-')::date FROM unnest(string_to_array($1, ' ')) c`,
        [countries, name, since, until],
      )
    }
  }

  /** Loses what was loaded besides. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE country_group`)
    await q.query(`DROP TABLE country`)
  }
}
