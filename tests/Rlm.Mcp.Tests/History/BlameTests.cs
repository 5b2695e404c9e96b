using Rlm.Mcp.Tests.Tools;

namespace Rlm.Mcp.Tests.History;

/// <summary>Blame against what the test itself did to each line.</summary>
public class BlameTests
{
    [Fact]
    public void Blame_OfRandomEdits_NamesTheCommitOfEveryLine() => TestScale.ForAll(40, random =>
    {
        using var git = new GitBench();
        var (path, lines, next) = ("a.txt", new List<(string Text, string? Commit)>(), 0);
        for (var step = 0; step < 12; step++)
        {
            var edits = random.Next(1, 4);
            for (var edit = 0; edit < edits; edit++)
            {
                var at = random.Next(lines.Count + 1);
                if (lines.Count > 8 && random.Next(3) == 0) lines.RemoveRange(Math.Min(at, lines.Count - 2), 2);
                else lines.InsertRange(at, Enumerable.Range(0, random.Next(1, 6)).Select(_ => ($"line {next++} {random.Next(1_000_000)}", (string?)null)));
            }
            if (lines.Count > 30 && random.Next(3) == 0) git.Move(path, path = $"b{step}.txt");
            git.Write(path, string.Concat(lines.Select(line => line.Text + "\n")));
            var commit = git.Commit($"step {step}");
            lines = [.. lines.Select(line => (line.Text, line.Commit ?? commit))];
            if (step == 6) git.IndexCommits();
        }
        lines.Insert(lines.Count / 2, ("not committed", null));
        git.Bench.Write(path, string.Concat(lines.Select(line => line.Text + "\n")));
        var answer = git.Bench.Json("history", new { target = path, view = "blame" });
        Assert.Equal(lines.Select(line => line.Commit), answer.List("lines").Select(line => line.Str("commit")));
        Assert.Equal(lines.Select(line => line.Text), answer.List("lines").Select(line => line.Str("text")));
        Assert.True(answer.Bool("complete"));
    });

    [Fact]
    public void Blame_AsText_GroupsLinesUnderTheirCommit()
    {
        using var git = new GitBench();
        git.Write("a.txt", "one\ntwo\n").Commit("first", "Ada");
        git.Write("a.txt", "one\n2\n").Commit("second", "Bob");
        var lines = git.Bench.Lines("history", new { target = "a.txt:1-2", view = "blame" });
        Assert.Contains("shown 2 of 2 lines", lines[0]);
        Assert.Equal(["Ada  first", "1\tone", "Bob  second", "2\t2"], lines[1..5].Select(line => line.Contains("2026-01-") ? line[(line.IndexOf("2026-01-", StringComparison.Ordinal) + 11)..] : line));
    }
}
