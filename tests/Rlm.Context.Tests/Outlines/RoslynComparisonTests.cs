using System.Text;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Tests.Outlines;

/// <summary>Every member's boundaries against an independent walk, over this repository and over any folder named by RLM_CORPUS.</summary>
public class RoslynComparisonTests(ITestOutputHelper output)
{
    [Fact]
    public void OwnSource_IsOutlinedAsRoslynSeesIt() => Compare(Path.Combine(Repository.Root, "src"));

    [Fact]
    public void Corpus_IsOutlinedAsRoslynSeesIt()
    {
        var corpus = Environment.GetEnvironmentVariable("RLM_CORPUS");
        Assert.SkipWhen(string.IsNullOrEmpty(corpus), "RLM_CORPUS names no folder");
        Compare(corpus!);
    }

    private void Compare(string folder)
    {
        int files = 0, broken = 0, conditional = 0, partial = 0, members = 0;
        var differences = new List<string>();
        var places = new object();
        Parallel.ForEach(Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories), file =>
        {
            var text = FileText.Decode(File.ReadAllBytes(file));
            if (text.Text.Contains('\0')) return;
            var outline = Outliner.Outline(new RepoPath("a.cs"), "csharp", text, TestContext.Current.CancellationToken);
            var expected = BigStack.Run(() => (Members: RoslynWalk.Of(text.Text, out var hasErrors), HasErrors: hasErrors));
            var found = outline.All.Where(symbol => symbol.Kind != SymbolKinds.TopLevel)
                .Select(symbol => new WalkedMember(symbol.Kind, string.Concat(symbol.Name.Where(c => !char.IsWhiteSpace(c))), symbol.Range.Start, symbol.Range.End)).ToList();
            lock (places)
            {
                files++;
                members += expected.Members.Count;
                if (outline.Partial is { } note && note != "syntax errors")
                {
                    partial++;
                    output.WriteLine($"{file}: partial {note}");
                }
                if (expected.HasErrors)
                {
                    broken++;
                    if (!Same(expected.Members, found)) output.WriteLine($"broken, differs: {file}");
                }
                else if (text.Text.Contains("#if", StringComparison.Ordinal))
                {
                    conditional++;
                    var missing = expected.Members.Except(found).Count(member => member.Kind is not ("namespace" or "class" or "struct" or "interface"));
                    if (missing > 0) differences.Add($"{file}: {missing} members missing among those of #if files");
                }
                else if (!Same(expected.Members, found)) differences.Add(Describe(file, expected.Members, found));
            }
        });
        output.WriteLine($"{files} files, {members} members, {conditional} files with #if, {broken} with syntax errors, {partial} partial; {differences.Count} files differ");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
        Assert.True(members > 100);
    }

    private static bool Same(IEnumerable<WalkedMember> one, IEnumerable<WalkedMember> other) => one.Order(Order).SequenceEqual(other.Order(Order));

    private static readonly Comparer<WalkedMember> Order = Comparer<WalkedMember>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()));

    private static string Describe(string file, IEnumerable<WalkedMember> expected, IEnumerable<WalkedMember> found) => new StringBuilder(file)
        .Append("\n  only Roslyn: ").AppendJoin(" | ", expected.Except(found).Take(3)).Append("\n  only ours: ").AppendJoin(" | ", found.Except(expected).Take(3)).ToString();
}
