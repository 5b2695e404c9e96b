using Rlm.Mcp.Tests.History;
using Rlm.Mcp.Tests.Tools;
using Rlm.Recursion;

namespace Rlm.Mcp.Tests.Sessions;

/// <summary>Questions about what changed between two revisions, where nothing did: an answer, and no failure.</summary>
public class UnchangedRangeTests
{
    private static readonly string[] Unchanged = ["HEAD~1..HEAD"], Changed = ["HEAD~2..HEAD"], Nowhere = ["none/**"];

    [Theory]
    [InlineData("map")]
    [InlineData("auto")]
    [InlineData("agent")]
    public void Range_ThatChangesNothing_IsAnswered(string mode)
    {
        using var git = new GitBench();
        git.Write("a.cs", "class A { int One() => 1; }\n").Commit("one");
        git.Write("a.cs", "class A { int One() => 2; }\n").Commit("two");
        git.Commit("nothing");
        git.Bench.Recursion = new RecursionOptions { Model = "host" };
        var answer = git.Bench.Json("recurse", new { task = "what One does now", over = Unchanged, mode }, unlimited: false);
        Assert.Equal(("complete", true), (answer.Str("status"), answer.Bool("ready")));
        Assert.Equal("Nothing that is there now was changed in HEAD~1..HEAD.", answer.Str("answer"));
        Assert.False(git.Bench.Call("recurse", new { task = "what One does now", over = Unchanged, mode }).IsPartial);
        Assert.DoesNotContain("Nothing that is there", git.Bench.Call("recurse", new { task = "what One does now", over = Changed, mode }).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing that is there", git.Bench.Call("recurse", new { task = "what One does now", over = Nowhere, mode }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Program_GetsEveryChangedFile_AndIsToldWhereThereIsNone()
    {
        using var git = new GitBench();
        git.Write("a.cs", "class A { int One() => 1; }\n").Write("b.txt", "one\n").Commit("one");
        git.Write("b.txt", "two\n").Commit("two");
        git.Write("a.cs", "class A { int One() => 2; }\n").Write("b.txt", "three\n").Commit("three");
        git.Bench.Recursion = new RecursionOptions { Programs = ProgramToolTests.Options("builtin") };
        string Run(string code) => git.Bench.Call("program", new { code }, json: true).Text;
        var lines = Run("sorted({r['path'] for r in history('HEAD~2..HEAD~1', view='diff')})");
        Assert.True(lines.Contains("[\"b.txt\"]", StringComparison.Ordinal), lines);
        Assert.Contains("[\"a.cs\",\"b.txt\"]", Run("sorted({r['path'] for r in history('HEAD~1..HEAD', view='diff')})"), StringComparison.Ordinal);
        Assert.Contains("no rows for view diff", Run("history('HEAD..HEAD', view='diff')"), StringComparison.Ordinal);
        Assert.Contains("no rows for view diff", Run("history(view='diff')"), StringComparison.Ordinal);
    }
}
