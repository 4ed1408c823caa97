/**
 * How a manuscript is set, in Typst: A4, the masthead once, the symbol on every other page, lines numbered anew on each
 * page. The words come as data and are never read as markup.
 */
export const PDF_TEMPLATE = `
#let m = json(bytes(sys.inputs.manuscript))
#let head = m.masthead
#let day = m.at.slice(0, 10).split("-").map(int)
#set document(
  title: head.title,
  author: head.body,
  keywords: head.symbol,
  date: datetime(year: day.at(0), month: day.at(1), day: day.at(2)),
)
#set text(
  lang: m.language,
  dir: if m.isRightToLeft { rtl } else { ltr },
  size: if m.isRightToLeft { 12pt } else { 10pt },
  font: if m.language == "zh" { ("Noto Sans S Chinese", "Noto Sans", "Noto Naskh Arabic") }
    else if m.language == "ar" { ("Noto Naskh Arabic", "Noto Sans", "Noto Sans S Chinese") }
    else { ("Noto Sans", "Noto Naskh Arabic", "Noto Sans S Chinese") },
)
#let shown-symbol = {
  set text(font: ("Noto Sans", "Noto Naskh Arabic")) if m.isRightToLeft
  strong(head.symbol)
}
#set page(
  paper: "a4",
  margin: (x: 3cm, top: 2.6cm, bottom: 2.4cm),
  header: context if counter(page).get().first() > 1 {
    set text(size: 9pt)
    align(end, shown-symbol)
    v(-7pt)
    line(length: 100%, stroke: 0.4pt)
  },
  footer: context {
    set text(size: 9pt)
    align(center)[#counter(page).display() / #counter(page).final().first()]
  },
)
#set par(justify: true, leading: 0.72em, spacing: 1.15em)
#set par.line(numbering-scope: "page")
#show heading: set block(above: 1.5em, below: 0.9em)
#show heading.where(level: 1): set text(size: 13pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 3): set text(size: 11pt)

#let marks = (
  bold: strong,
  italic: emph,
  underline: underline,
  strike: strike,
  code: it => it,
)
#let inline(it) = {
  if it.is == "footnote" { return footnote[#it.text] }
  let body = it.text.split("\\n").map(line => [#line]).join(linebreak())
  for mark in it.marks { body = (marks.at(mark))(body) }
  body
}
#let inlines(list) = list.map(inline).join()
// A document symbol stays on one line.
#show regex("[A-Z][A-Z0-9]*(/[A-Za-z0-9.()-]+)+"): it => box(text(dir: ltr, it))

#let words(it) = {
  if "level" in it { return heading(level: it.level, inlines(it.inlines)) }
  let list = it.at("list", default: none)
  let marker = if list != none { list.at("marker", default: none) } else { it.at("number", default: none) }
  let part = it.at("part", default: none)
  let steps = if list != none { list.level } else if it.isQuote { 1 } else { it.depth }
  if part == "preambular" { steps += 1 }
  let body = inlines(it.inlines)
  if part == "chapeau" { body = emph(body) }
  if list != none {
    block(inset: (x: 0pt), pad(..((if m.isRightToLeft { "right" } else { "left" }): (steps + 1) * 0.9cm),
      par(hanging-indent: 0pt, { if marker != none { h(-0.6cm); box(width: 0.6cm, marker) }; body })))
  } else {
    let lead = if marker != none { box(width: calc.max(1, calc.ceil(measure(marker).width / 1cm + 0.15)) * 1cm, marker) }
    pad(..((if m.isRightToLeft { "right" } else { "left" }): steps * 1cm), par({ lead; body }))
  }
}

#let blocks(list) = {
  for it in list {
    if it.is == "words" { words(it) } else {
      set par.line(numbering: none)
      set par(justify: false)
      table(
        columns: it.columns,
        stroke: 0.5pt,
        inset: 5pt,
        ..it.cells.map(cell => table.cell(
          x: cell.x, y: cell.y, colspan: cell.columns, rowspan: cell.rows,
          { set text(weight: "bold") if cell.isHeader; blocks(cell.blocks) },
        )),
      )
    }
  }
}

#{
  set par(justify: false, spacing: 0.6em)
  grid(
    columns: (1fr, auto),
    align: (start + bottom, end + bottom),
    text(size: 13pt, head.body), text(size: 15pt, shown-symbol),
  )
  v(-2pt)
  line(length: 100%, stroke: 0.8pt)
  align(end, { head.distribution; linebreak(); head.date; linebreak(); head.original })
  line(length: 100%, stroke: 2pt)
  v(10pt)
  if m.titleAbove != none { block(below: 18pt, text(size: 16pt, weight: "bold", m.titleAbove)) }
}

#set par.line(numbering: number => text(size: 7.5pt, fill: luma(90), dir: ltr, str(number)))
#context blocks(m.blocks)
`
