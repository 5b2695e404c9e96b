using Rlm.Mcp.Tests.Tools;

namespace Rlm.Mcp.Tests.History;

/// <summary>Logs of random histories with merges against a naive walk over what the test committed, with the index of commits, with a part of it, and without.</summary>
public class HistoryOracleTests
{
    private static readonly string[] Paths = ["a.txt", "src/b.txt", "src/deep/c.txt", "d.txt"];

    private sealed record Made(string Id, int Number, Dictionary<string, string> Files, Made[] Parents);

    [Fact]
    public void Log_OfEveryPath_IsThatOfTheNaiveWalk() => TestScale.ForAll(60, random =>
    {
        using var git = new GitBench();
        var tips = new Dictionary<string, Made>();
        Made Commit(string branch, Dictionary<string, string> files, params Made[] parents)
        {
            foreach (var (path, text) in files) git.Write(path, text);
            var number = tips.Count == 0 ? 0 : tips.Values.Max(tip => tip.Number) + 1;
            return tips[branch] = new(git.Commit($"commit {number}", "Ada", [.. parents.Skip(1).Select(parent => parent.Id)]), number, files, parents);
        }
        Commit("main", Paths.ToDictionary(path => path, path => $"first of {path}\n"));
        git.Branch("main", tips["main"].Id).Checkout("main");
        for (var step = 0; step < 25; step++)
        {
            var branch = tips.Keys.ElementAt(random.Next(tips.Count));
            git.Checkout(branch);
            var tip = tips[branch];
            if (tips.Count < 4 && random.Next(4) == 0)
            {
                git.Branch($"b{step}", tip.Id).Checkout($"b{step}");
                branch = $"b{step}";
            }
            var other = tips.Values.ElementAt(random.Next(tips.Count));
            if (random.Next(3) == 0 && other != tip)
                Commit(branch, Paths.ToDictionary(path => path, path => random.Next(8) == 0 ? $"merged {step}\n" : (random.Next(2) == 0 ? tip : other).Files[path]), tip, other);
            else
                Commit(branch, Paths.ToDictionary(path => path, path => random.Next(3) == 0 ? $"{random.Next(3)} of {path}\n" : tip.Files[path]), tip);
            if (step == 12 && random.Next(2) == 0) git.IndexCommits();
        }
        git.Checkout("main");
        for (var round = 0; round < 2; round++)
        {
            foreach (var path in Paths.Append("src"))
                Assert.Equal(Naive(tips["main"], path), git.Bench.Json("history", new { target = path }).List("commits").Select(commit => commit.Str("id")));
            git.IndexCommits();
            git.Bench.Restart();
        }
    });

    // As git log simplifies: a merge that has the path as some parent has it leads only there.
    private static List<string> Naive(Made tip, string path)
    {
        string Text(Made commit) => string.Concat(commit.Files.Where(file => file.Key == path || file.Key.StartsWith(path + "/", StringComparison.Ordinal)).OrderBy(file => file.Key).Select(file => file.Key + file.Value));
        var (found, ahead, seen) = (new List<string>(), new SortedDictionary<int, Made> { [-tip.Number] = tip }, new HashSet<string>());
        while (ahead.Count > 0)
        {
            var (key, commit) = ahead.First();
            ahead.Remove(key);
            if (!seen.Add(commit.Id)) continue;
            var same = commit.Parents.FirstOrDefault(parent => Text(parent) == Text(commit));
            if (same is null) found.Add(commit.Id);
            foreach (var parent in same is null ? commit.Parents : [same]) ahead[-parent.Number] = parent;
        }
        return found;
    }

    [Fact]
    public void Log_CutByTheDeadline_GoesOnByItsCursor()
    {
        using var git = new GitBench(new SlowTime());
        var all = Enumerable.Range(0, 130).Select(n => git.Write("a.txt", $"{n}\n").Commit($"change {n}")).Reverse().ToArray();
        var (found, arguments, cuts) = (new List<string?>(), (object)new { target = "a.txt" }, 0);
        for (var page = 0; page < 20; page++)
        {
            var answer = git.Bench.Json("history", arguments);
            found.AddRange(answer.List("commits").Select(commit => commit.Str("id")));
            if (answer.Str("cursor") is not { } cursor) break;
            Assert.False(answer.Bool("complete"));
            Assert.Equal("deadline", answer.Str("reason"));
            Assert.Contains("reached: ", (string)answer["notes"]![0]!);
            (arguments, cuts) = (new { cursor }, cuts + 1);
        }
        Assert.Equal(all, found);
        Assert.InRange(cuts, 1, 10);
    }

    [Fact]
    public void Blame_CutByTheDeadline_SaysWhichLinesAreOpen()
    {
        using var git = new GitBench(new SlowTime());
        for (var n = 0; n < 90; n++) git.Write("a.txt", string.Concat(Enumerable.Range(0, n + 1).Select(line => $"line {line}\n"))).Commit($"line {n}");
        var answer = git.Bench.Json("history", new { target = "a.txt", view = "blame" });
        Assert.False(answer.Bool("complete"));
        Assert.Contains("not settled", answer.Str("reason"));
        var lines = answer.List("lines").ToArray();
        Assert.NotNull(lines[^1].Str("commit"));
        Assert.Null(lines[0].Str("commit"));
        Assert.NotNull(lines[0].Str("atLeast"));
    }
}
