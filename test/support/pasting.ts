import type { Locator } from '@playwright/test'

/*
 * A browser tells the page a moment after a key what is selected now. Hands are slower than that and tests are not,
 * so both acts tell it themselves before they begin.
 */

/** Puts something on the clipboard and pastes it, as a browser does it for the keyboard. */
export async function paste(editor: Locator, clipboard: Record<string, string>): Promise<void> {
  await editor.evaluate((element, given) => {
    document.dispatchEvent(new Event('selectionchange'))
    const data = new DataTransfer()
    for (const [type, words] of Object.entries(given)) data.setData(type, words)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, clipboard)
}

/** Cuts or copies what is selected. @returns the clipboard afterwards */
export const take = (editor: Locator, how: 'cut' | 'copy'): Promise<Record<string, string>> =>
  editor.evaluate((element, kind) => {
    document.dispatchEvent(new Event('selectionchange'))
    const data = new DataTransfer()
    element.dispatchEvent(new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true }))
    return Object.fromEntries(data.types.map((type) => [type, data.getData(type)]))
  }, how)

/** What the clipboard holds when a passage with all that Word knows is copied from it. */
export const FROM_WORD = `<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">
<head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal { mso-style-unhide:no; margin:0cm; } @list l0:level1 { mso-level-text:\\F0B7; } --></style>
</head>
<body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'>
<!--StartFragment-->
<h1 style='mso-list:none'>Industry and<span style='mso-spacerun:yes'>  </span>trade<o:p></o:p></h1>
<h4>Tools<o:p></o:p></h4>
<p class=MsoNormal><i style='mso-bidi-font-style:normal'>Recalling</i> its earlier
work,<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
lang=EN-GB style='mso-fareast-font-family:Aptos'><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]><b>Invites</b> <u>members</u>:<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='margin-left:72.0pt;mso-list:l1 level2 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>(a)<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>to share
tools<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span
style='mso-special-character:footnote'><![if !supportFootnotes]><span style='font-size:12.0pt'>[1]</span><![endif]></span></span></a>;<o:p></o:p></p>
<p class=MsoNormal>2.<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp;&nbsp; </span>Decides to meet <span class=msoIns><ins
cite="mailto:Ama%20Mensah" datetime="2027-06-09T08:00">every year</ins></span><span class=msoDel><del
cite="mailto:Ama%20Mensah" datetime="2027-06-09T08:00">once</del></span>;<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>a point<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>below it<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>another<o:p></o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0'><td width=301 colspan=2 valign=top align=center style='width:225.4pt;border:solid 1.0pt'>
  <p class=MsoNormal align=center style='text-align:center'>1. Year<o:p></o:p></p></td></tr>
 <tr style='mso-yfti-irow:1'><td width=301><p class=MsoNormal>2027<o:p></o:p></p></td><td width=300>
  <table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>inner<o:p></o:p></p></td></tr></table>
  <p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr>
</table>
<!--EndFragment-->
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a><span
lang=EN-GB> Such as maps.<o:p></o:p></span></p></div></div>
</body></html>`

/** What a web page can hold. */
export const FROM_WEB = `<meta charset="utf-8"><style>p { color: red }</style>
<div style="font-family: Arial" onclick="window.ran = 1"><span style="color: rgb(1, 2, 3)">A page</span>
<div><h5 class="x" id="y">Below</h5></div></div>
<p data-id="stolen" data-part="evil" data-depth="7" style="text-align: right"><a href="javascript:window.ran=1">A link</a>,
<strong>bold</strong>, <em onmouseover="window.ran=1">slanted</em> and <span style="font-weight: 700">heavy</span>.</p>
<p>An image<img src="x" onerror="window.ran = 1" alt="gone"> and <svg onload="window.ran=1"><text>drawn</text></svg>more.
<iframe src="javascript:parent.ran=1">frame words</iframe></p><script>window.ran = 1</script>
<p hidden>hidden words</p><span style="display:none">unseen words</span>
<ol type="a" start="3"><li>third</li><li><p>fourth</p><ul><li>inside</li></ul></li></ol>
<table><colgroup><col width="900"></colgroup><tbody><tr><th colspan="900000000" colwidth="12">Head<script>window.ran = 1</script></th></tr>
<tr><td align="right" onclick="window.ran=1">&lt;script&gt;window.ran = 1&lt;/script&gt;<img src=x onerror="window.ran=1"></td><td rowspan="banana">
<table><tr><td>nested</td></tr></table></td></tr></tbody></table>
<form><button>Press</button><select><option>Choose</option></select><textarea>Typed</textarea></form>
<blockquote>Said.</blockquote>`
