using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search.Ranking;
using Rlm.Context.Tests.Outlines;

namespace Rlm.Context.Tests.Search.Ranking;

public class StructuralUnitsTests
{
    [Fact]
    public void EveryLineThatIsNotBlank_BelongsToOneUnit()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Repository.Cases, "*.txt", SearchOption.AllDirectories));
        foreach (var file in files.Append(Path.Combine(Repository.Root, "README.md")))
        {
            var name = Path.GetFileName(file).Replace(".txt", "", StringComparison.Ordinal);
            var text = FileText.Decode(File.ReadAllBytes(file));
            var units = StructuralUnits.Of(new SymbolTable(Outliner.Outline(new RepoPath(name), Languages.OfFileName(name), text, default)), text.Lines);
            var owners = new int[text.Lines.Count + 1];
            foreach (var run in units.Runs)
                for (var line = run.Lines.Start; line <= run.Lines.End; line++)
                {
                    Assert.True(owners[line] == 0, $"{name}:{line} belongs to two units");
                    owners[line] = run.Unit + 1;
                }
            for (var line = 1; line <= text.Lines.Count; line++) Assert.True(owners[line] > 0 || text.Lines.Line(line).IsWhiteSpace(), $"{name}:{line} belongs to no unit");
            Assert.Equal(Enumerable.Range(0, units.Units.Length), units.Runs.Select(run => run.Unit).Distinct());
        }
    }

    [Fact]
    public void CSharp_MembersWithTheirDocs_AndTheTypeWithTheRest() => Check("a.cs", """
        using System;
        namespace N
        {
            /// <summary>A type.</summary>
            class C
            {
                int _field;

                public int Short => 1;

                /// <summary>Adds.</summary>
                public int Add(int a)
                {
                    return a + _field;
                }

                /// <summary>Set.</summary>
                public int Value { get; set; }
            }
        }
        """, "-: 1-3", "C: 4-9", "Add: 11-15", "Value: 17-18", "C: 19", "-: 20");

    [Fact]
    public void Markdown_SectionsWithoutTheirSubsections() => Check("a.md", """
        intro

        # One
        text
        ## Two
        more
        # Three
        """, "-: 1", "One: 3-4", "Two: 5-6", "Three: 7");

    [Fact]
    public void TextWithoutSymbols_IsCutIntoWindows()
    {
        var text = string.Join('\n', Enumerable.Range(1, 130).Select(line => line % 45 == 0 ? "" : $"{{ {line} }}"));
        Check("a.css", text, "-: 1-44", "-: 46-89", "-: 91-130");
    }

    [Fact]
    public void LongSection_IsCutToo()
    {
        var text = "# Log\n" + string.Join('\n', Enumerable.Range(1, 100).Select(line => $"* {line}"));
        Check("a.md", text, "Log: 1-60", "Log: 61-101");
    }

    private static void Check(string name, string source, params string[] expected)
    {
        var text = FileText.Of(source.ReplaceLineEndings("\n"));
        var symbols = new SymbolTable(Outliner.Outline(new RepoPath(name), Languages.OfFileName(name), text, default));
        var units = StructuralUnits.Of(symbols, text.Lines);
        Assert.Equal(expected, units.Runs.Select(run =>
            $"{(units.Units[run.Unit].Symbol is var place and >= 0 ? symbols[place].Name : "-")}: {(run.Lines.Count == 1 ? run.Lines.Start.ToString(System.Globalization.CultureInfo.InvariantCulture) : run.Lines)}"));
    }
}
