// The outline of a scenario's text, and the changes made by it. Whatever is changed, the rest of the text stays as it was.

import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { addStep, beginSection, joinSection, removeStep, setAbout, setProse, setSectionTitle, setTitle } from '../../static/js/app/edits.js'
import { outlineOf, stepAtLine } from '../../static/js/app/outline.js'
import { block, plain, read } from '../../static/js/app/scalars.js'

const LIBRARY = new URL('../../scenarios/', import.meta.url)

const LESSON = `# A lesson
title: "A: lesson"
about: |
  First paragraph.

  sections: not a key
nodes: 3
sections:
  - title: One   # the first
    prose: |
      Watch this.

      - steps: none of these
    uses: [a, b]
    steps:
      - timeout: N-1
      # in between
      - expect:
          leaders: N-1
          term: 1
      - drain

  - title: 'It''s two'
    steps:
      - crash: N-1
`

const RECORDED = `title: A run
nodes: 3
steps:
  - timeout: N-1
  - drain # N-1 leads in term 1
  - crash: N-1
`

/** What an outline says, without its places. @param {string} text */
function told(text) {
  const { title, about, sections } = outlineOf(text)
  return {
    title: title?.value,
    about: about?.value,
    sections: sections.map(one => ({ title: one.title?.value, prose: one.prose?.value, steps: one.steps?.items.map(step => step.text) })),
  }
}

test('an outline has the words, the sections and their steps', () => {
  assert.deepEqual(told(LESSON), {
    title: 'A: lesson',
    about: 'First paragraph.\n\nsections: not a key',
    sections: [
      {
        title: 'One',
        prose: 'Watch this.\n\n- steps: none of these',
        steps: ['timeout: N-1', 'expect:\n  leaders: N-1\n  term: 1', 'drain'],
      },
      { title: "It's two", prose: undefined, steps: ['crash: N-1'] },
    ],
  })
})

test('steps before the first section are a section without a title', () => {
  assert.deepEqual(told(RECORDED).sections, [{ title: undefined, prose: undefined, steps: ['timeout: N-1', 'drain # N-1 leads in term 1', 'crash: N-1'] }])
})

test('every scenario of the library has an outline with all its sections', () => {
  const files = ['', 'bugs/'].flatMap(folder => readdirSync(new URL(folder, LIBRARY)).filter(file => file.endsWith('.yaml')).map(file => folder + file))
  assert.ok(files.length > 30)
  for (const file of files) {
    const text = readFileSync(new URL(file, LIBRARY), 'utf8')
    const { title, sections, locked } = outlineOf(text)
    assert.ok(title?.value && !title.locked && !locked, file)
    const titles = text.match(/^ {2}- title: /gm)?.length ?? 0
    assert.equal(sections.filter(one => one.title).length, titles, file)
    for (const one of sections) assert.ok(one.steps && one.steps.items.length > 0 && !one.prose?.locked, file)
  }
})

test('the step at a line is found, also in the middle of it', () => {
  const outline = outlineOf(LESSON)
  const at = (/** @type {string} */ words) => stepAtLine(outline, LESSON.split('\n').findIndex(line => line.includes(words)))
  assert.deepEqual(at('term: 1'), { section: 0, step: 1 })
  assert.deepEqual(at('drain'), { section: 0, step: 2 }, 'not the one that ends above it')
  assert.equal(at('in between'), null)
  assert.deepEqual(at('crash'), { section: 1, step: 0 })
  assert.equal(at('uses'), null)
})

test('what is written in another form is left to the text', () => {
  assert.equal(outlineOf('{title: T, steps: [drain]}').locked, true)
  assert.equal(outlineOf('title: T\nsections: [{title: S, steps: [drain]}]').locked, true)
  const { sections } = outlineOf('title: T\nsteps: [drain, heal]')
  assert.equal(sections[0].steps?.locked, true)
  for (const value of ['>\n  folded', '[a]', '"over\n  two lines"', 'over\n  two lines', '*alias'])
    assert.equal(outlineOf(`title: ${value}\nsteps: []`).title?.locked, true, value)
})

test('an outline of any text is made without harm', () => {
  for (const text of ['', '\n\n', ':', '- a\n- b', 'sections:\n', 'sections:\n  -\n  -', 'steps:\n- drain\n- heal', '\0\x1b', '['.repeat(5000), '- '.repeat(5000)])
    assert.ok(outlineOf(text), text.slice(0, 20))
  assert.deepEqual(told('steps:\n- drain\n- heal').sections[0].steps, ['drain', 'heal'])
})

test('texts are read as YAML has them', () => {
  for (const [rest, value] of /** @type {[string, string][]} */ ([
    ['plain words # a comment', 'plain words'],
    ['"a \\"b\\" \\u00e9 \\x41\\n" # c', 'a "b" é A\n'],
    ["'it''s'", "it's"],
    ['"\\UFFFFFFFF"', '\u{10ffff}'],
    ['', ''],
  ]))
    assert.deepEqual(read(rest, []), { value, locked: false })
})

test('a text that some reader would take for something else is in quotes', () => {
  for (const text of ['true', 'No', 'null', 'y', 'a # b', '- a']) assert.equal(plain(text), JSON.stringify(text))
  assert.equal(plain('A run of 3'), 'A run of 3')
})

test('a text that is written is read back as it was', () => {
  for (const text of ['A run', 'true', '- a: #b', '{x}', '"quoted"', "it's", '<script>alert(1)</script>', 'é \u2028 \x1b \u0000', '12', 'a # b', '%'])
    assert.equal(read(plain(text), []).value, text)
  for (const text of ['One\n\ntwo\n  indented', '  starts indented', '# a heading\n- a list', 'tabs\tand \x07 bells', 'key: value', '---']) {
    const [first, ...below] = block('  ', 'prose', text)
    assert.equal(read(first.replace('  prose:', ''), below).value, text)
  }
  assert.deepEqual(block('', 'about', '  \n '), [])
})

test('titles and prose are changed where they stand, and the rest stays as it was', () => {
  assert.equal(setTitle(LESSON, 'Another'), LESSON.replace('"A: lesson"', 'Another'))
  assert.equal(setTitle('nodes: 3\n', 'T'), 'title: T\nnodes: 3\n')
  assert.equal(setSectionTitle(LESSON, 1, 'Two # 2'), LESSON.replace("'It''s two'", '"Two # 2"'))
  assert.equal(setAbout(RECORDED, 'Why.\n'), RECORDED.replace('nodes', 'about: |\n  Why.\nnodes'))
  assert.equal(setAbout(setAbout(RECORDED, 'Why.'), ''), RECORDED)
  assert.equal(setProse(LESSON, 1, 'See.\n\nMore.  '), LESSON.replace("two'\n", "two'\n    prose: |\n      See.\n\n      More.\n"))
  assert.equal(setProse(setProse(LESSON, 1, 'See.'), 1, ' '), LESSON)
  assert.equal(told(setProse(LESSON, 0, 'title: x\nsteps:\n  - y')).sections[0].prose, 'title: x\nsteps:\n  - y')
})

test('a recording is cut into sections', () => {
  const one = beginSection(RECORDED, 0, 1, 'Election')
  assert.equal(one, 'title: A run\nnodes: 3\nsteps:\n  - timeout: N-1\nsections:\n  - title: Election\n    steps:\n      - drain # N-1 leads in term 1\n      - crash: N-1\n')
  const two = beginSection(one, 1, 1, 'Crash')
  assert.deepEqual(told(two).sections.map(section => [section.title, section.steps]), [
    [undefined, ['timeout: N-1']],
    ['Election', ['drain # N-1 leads in term 1']],
    ['Crash', ['crash: N-1']],
  ])
  const all = beginSection(two, 0, 0, 'Start: "here"')
  assert.equal(
    all,
    `title: A run
nodes: 3
sections:
  - title: "Start: \\"here\\""
    steps:
      - timeout: N-1
  - title: Election
    steps:
      - drain # N-1 leads in term 1
  - title: Crash
    steps:
      - crash: N-1
`,
  )
  assert.equal(beginSection(all, 0, 0, 'X'), all, 'a section begins there already')
})

test('steps before sections that are there already become one of them', () => {
  const text = 'title: T\nsteps:\n  - drain\n  - heal\nnodes: 3\nsections:\n- title: A\n  steps:\n  - drain\n'
  const cut = 'title: T\nsteps:\n  - drain\nnodes: 3\nsections:\n- title: B\n  steps:\n    - heal\n- title: A\n  steps:\n  - drain\n'
  assert.equal(beginSection(text, 0, 1, 'B'), cut)
  assert.equal(beginSection(text, 0, 0, 'B'), cut.replace('steps:\n  - drain\n', '').replace('    - heal', '    - drain\n    - heal'))
})

test('a section that begins in the middle of another leaves the other’s words with it', () => {
  const text = 'title: T\nsections:\n  - title: A\n    steps:\n      - drain\n      - heal\n    prose: of A\n'
  assert.deepEqual(told(beginSection(text, 0, 1, 'B')).sections, [
    { title: 'A', prose: 'of A', steps: ['drain'] },
    { title: 'B', prose: undefined, steps: ['heal'] },
  ])
  assert.deepEqual(told(beginSection(LESSON, 0, 1, 'B')).sections.map(one => one.steps?.length), [1, 2, 1])
})

test('the end of the document stays the end', () => {
  const text = 'title: T\nsteps:\n  - drain\n  - heal\n...\n'
  assert.equal(addStep(text, 0, 1, ['- drain']), text.replace('heal\n', 'heal\n  - drain\n'))
  assert.deepEqual(told(beginSection(text, 0, 1, 'B')).sections.map(one => one.steps), [['drain'], ['heal']])
  assert.match(beginSection(text, 0, 1, 'B'), /heal\n\.\.\.\n$/)
})

test('a section that lacks its title, or holds its prose first, is left as it is', () => {
  const text = 'title: T\nsections:\n  - steps:\n      - drain\n  - prose: first\n    title: B\n'
  assert.equal(beginSection(text, 0, 0, 'X'), text)
  assert.equal(setSectionTitle(text, 0, 'X'), text)
  assert.equal(outlineOf(text).sections[1].prose?.locked, true)
  assert.equal(setProse(text, 1, 'X'), text)
})

test('sections are joined, steps removed and added', () => {
  assert.deepEqual(told(joinSection(LESSON, 1)).sections.map(one => one.steps), [['timeout: N-1', 'expect:\n  leaders: N-1\n  term: 1', 'drain', 'crash: N-1']])
  assert.equal(joinSection(RECORDED, 0), RECORDED)
  const deep = 'title: T\nsections:\n- title: A\n  steps:\n  - drain\n- title: B\n  steps:\n      - heal\n'
  assert.equal(joinSection(deep, 1), 'title: T\nsections:\n- title: A\n  steps:\n  - drain\n  - heal\n')
  const last = deep.replace('  - drain\n', '  - drain\n  uses: [a]\n')
  assert.equal(joinSection(last, 1), last, 'something stands behind the steps that they would follow')
  assert.equal(removeStep(RECORDED, 0, 1), RECORDED.replace('  - drain # N-1 leads in term 1\n', ''))
  assert.equal(removeStep(LESSON, 1, 0), LESSON.replace('    steps:\n      - crash: N-1\n', '    steps: []\n'))
  assert.equal(addStep(RECORDED, 0, 0, ['- expect:', '    term: 1']), RECORDED.replace('N-1\n', 'N-1\n  - expect:\n      term: 1\n'))
})
