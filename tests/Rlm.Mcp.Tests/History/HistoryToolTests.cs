using Rlm.Mcp.Tests.Tools;

namespace Rlm.Mcp.Tests.History;

/// <summary>Log, show, diff and the rest over repositories whose history the test made.</summary>
public class HistoryToolTests
{
    private const string Pump = "namespace N;\n\nclass Pump\n{\n    void Start()\n    {\n        Open();\n    }\n\n    void Stop()\n    {\n        Close();\n    }\n}\n";

    [Fact]
    public void Log_OfAFile_FollowsItsRenames()
    {
        using var git = new GitBench();
        var first = git.Write("src/Pump.cs", Pump).Commit("add the pump");
        git.Write("readme.md", "# hi\n").Commit("readme");
        var moved = git.Move("src/Pump.cs", "lib/Pump.cs").Commit("move the pump");
        var last = git.Write("lib/Pump.cs", Pump.Replace("Open", "OpenAll")).Commit("open all");
        var answer = git.Bench.Json("history", new { target = "lib/Pump.cs" });
        Assert.Equal([last, moved, first], answer.List("commits").Select(commit => commit.Str("id")));
        Assert.Equal(["lib/Pump.cs", "lib/Pump.cs", "src/Pump.cs"], answer.List("commits").Select(commit => (string)commit["files"]![0]!));
        Assert.Equal("src/Pump.cs", answer.List("commits").ElementAt(1).Str("from"));
        Assert.True(answer.Bool("complete"));
        Assert.Equal(3, answer.Int("total"));
        Assert.Equal("2026-01-04T12:00:00+02:00", answer.List("commits").First().Str("date"));
    }

    [Fact]
    public void Log_OfASymbol_ListsOnlyCommitsThatChangedIt()
    {
        using var git = new GitBench();
        var first = git.Write("src/Pump.cs", Pump).Commit("add the pump");
        git.Write("src/Pump.cs", Pump.Replace("Open();", "OpenAll();")).Commit("start opens all");
        var stop = git.Write("src/Pump.cs", Pump.Replace("Open();", "OpenAll();").Replace("Close();", "CloseAll();")).Commit("stop closes all");
        git.Write("src/Pump.cs", "// a note\n" + Pump.Replace("Open();", "OpenAll();").Replace("Close();", "CloseAll();")).Commit("note");
        var answer = git.Bench.Json("history", new { target = "Pump.Stop" });
        Assert.Equal([stop, first], answer.List("commits").Select(commit => commit.Str("id")));
    }

    [Fact]
    public void Log_OfASymbol_FollowsItToTheFileItCameFrom()
    {
        using var git = new GitBench();
        var method = "    int Measure(int depth)\n    {\n        var total = depth;\n        for (var i = 0; i < 9; i++) total += i;\n        return total;\n    }\n";
        var old = git.Write("a/Old.cs", "class Old\n{\n    int x;\n" + method + "}\n").Write("b/New.cs", "class New\n{\n    int y;\n}\n").Commit("both");
        var edit = git.Write("a/Old.cs", "class Old\n{\n    int x;\n" + method.Replace("< 9", "< 10") + "}\n").Commit("ten");
        var move = git.Write("a/Old.cs", "class Old\n{\n    int x;\n}\n").Write("b/New.cs", "class New\n{\n    int y;\n" + method.Replace("< 9", "< 10") + "}\n").Commit("move");
        var answer = git.Bench.Json("history", new { target = "New.Measure" });
        Assert.Equal([move, edit, old], answer.List("commits").Select(commit => commit.Str("id")));
    }

    [Fact]
    public void Log_Pages_AndEveryPageGoesOn()
    {
        using var git = new GitBench();
        var all = Enumerable.Range(0, 9).Select(n => git.Write("a.txt", $"{n}\n").Commit($"change {n}")).Reverse().ToArray();
        var found = new List<string?>();
        object arguments = new { target = "a.txt", limit = 4 };
        for (var page = 0; page < 5; page++)
        {
            var answer = git.Bench.Json("history", arguments);
            found.AddRange(answer.List("commits").Select(commit => commit.Str("id")));
            if (answer.Str("cursor") is not { } cursor) break;
            arguments = new { cursor };
        }
        Assert.Equal(all, found);
    }

    [Fact]
    public void Log_OfARange_ListsWhatOneSideLacks()
    {
        using var git = new GitBench();
        var root = git.Write("a.txt", "1\n").Commit("root");
        git.Branch("main", root).Branch("feature", root).Checkout("feature");
        var (one, two) = (git.Write("b.txt", "1\n").Commit("one"), git.Write("b.txt", "2\n").Commit("two"));
        git.Checkout("main").Write("c.txt", "1\n").Commit("aside");
        var answer = git.Bench.Json("history", new { target = "main..feature", view = "log" });
        Assert.Equal([two, one], answer.List("commits").Select(commit => commit.Str("id")));
    }

    [Fact]
    public void Log_OfAMergedFile_LeavesOutBranchesThatDidNotWin()
    {
        using var git = new GitBench();
        var root = git.Write("a.txt", "1\n").Write("b.txt", "1\n").Commit("root");
        git.Branch("main", root).Branch("side", root).Checkout("side");
        var side = git.Write("a.txt", "2\n").Commit("side");
        git.Checkout("main");
        var main = git.Write("b.txt", "2\n").Commit("main");
        git.Write("a.txt", "2\n").Commit("merge", "Ada", side);
        List<string> Ids(string path) => [.. git.Bench.Json("history", new { target = path }).List("commits").Select(commit => commit.Str("id")!)];
        Assert.Equal([side, root], Ids("a.txt"));
        Assert.Equal([main, root], Ids("b.txt"));
        git.IndexCommits();
        git.Bench.Restart();
        Assert.Equal([side, root], Ids("a.txt"));
        Assert.Equal([main, root], Ids("b.txt"));
    }

    [Fact]
    public void Log_OfAFileThatIsGone_IsItsPast()
    {
        using var git = new GitBench();
        var add = git.Write("src/Gone.cs", "class Gone { }\n").Write("x.txt", "x\n").Commit("add");
        var delete = git.Delete("src/Gone.cs").Commit("delete");
        Assert.Equal([delete, add], git.Bench.Json("history", new { target = "src/Gone.cs" }).List("commits").Select(commit => commit.Str("id")));
        Assert.StartsWith("unknown_path", git.Bench.Error("history", new { target = "src/Never.cs" }));
    }

    [Fact]
    public void Diff_ListsChangedSymbolsBeforeHunks()
    {
        using var git = new GitBench();
        git.Write("src/Pump.cs", Pump).Write("src/Other.cs", "class Other\n{\n    int Keep() => 1;\n    int Drop() => 2;\n}\n").Commit("before");
        git.Write("src/Pump.cs", Pump.Replace("Open();", "OpenAll();").Replace("void Stop()", "bool Stop()")).Write("src/Other.cs", "class Other\n{\n    int Keep() => 1;\n    int Fresh() => 3;\n}\n").Commit("after");
        var answer = git.Bench.Json("history", new { target = "HEAD~1..HEAD" });
        Assert.Equal("diff", answer.Str("view"));
        Assert.Equal(["src/Other.cs#Other.Fresh added 1 0", "src/Other.cs#Other.Drop removed 0 1", "src/Pump.cs#N.Pump.Start body 1 1", "src/Pump.cs#N.Pump.Stop signature 1 1"],
            answer.List("changes").Select(change => $"{change.Str("symbol")} {change.Str("change")} {change.Int("added")} {change.Int("removed")}"));
        Assert.Contains(answer.List("hunks"), hunk => hunk.Str("text")!.Contains("+        OpenAll();", StringComparison.Ordinal) && hunk.Str("text")!.Contains("-        Open();", StringComparison.Ordinal));
        var text = git.Bench.Text("history", new { target = "HEAD~1..HEAD" });
        Assert.True(text.IndexOf("body N.Pump.Start", StringComparison.Ordinal) < text.IndexOf("@@", StringComparison.Ordinal));
        Assert.Contains("+7\t        OpenAll();", text);
    }

    [Fact]
    public void Diff_KeptAsASet_IsAScope()
    {
        using var git = new GitBench();
        git.Write("src/Pump.cs", Pump).Commit("before");
        git.Write("src/Pump.cs", Pump.Replace("Open();", "OpenAll();")).Commit("after");
        Assert.Contains("kept: @changed, 1 items", git.Bench.Text("history", new { target = "HEAD~1..HEAD", @as = "changed" }));
        Assert.Contains("OpenAll", git.Bench.Text("read", new { targets = "@changed" }));
        Assert.Equal(1, git.Bench.Json("search", new { pattern = "();", @in = "HEAD~1..HEAD" }).Int("total"));
        Assert.Equal(0, git.Bench.Json("search", new { pattern = "Close", @in = "HEAD~1..HEAD & src" }).Int("total"));
    }

    [Fact]
    public void Range_AsAScope_TellsWhatIsGone()
    {
        using var git = new GitBench();
        git.Write("src/Pump.cs", Pump).Commit("before");
        git.Write("src/Pump.cs", Pump[..Pump.IndexOf("\n    void Stop", StringComparison.Ordinal)] + "}\n").Commit("after");
        Assert.Contains("1 gone", git.Bench.Text("search", new { pattern = "Open", @in = "HEAD~1..HEAD" }));
    }

    [Fact]
    public void Show_TellsACommitWhole()
    {
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Commit("first");
        var second = git.Write("a.txt", "2\n").Commit("second\n\nbecause of this");
        var answer = git.Bench.Json("history", new { target = second[..8] });
        Assert.Equal(("show", second), (answer.Str("view"), answer["commits"]![0]!.Str("id")));
        Assert.Contains("because of this", answer.Str("message"));
        Assert.Contains("because of this", git.Bench.Text("history", new { target = "HEAD" }));
    }

    [Fact]
    public void Diff_OfAPath_IsWhatIsNotCommitted()
    {
        using var git = new GitBench();
        git.Write("src/Pump.cs", Pump).Write("b.txt", "b\n").Commit("all");
        git.Bench.Write("src/Pump.cs", Pump.Replace("Close();", "CloseAll();"));
        var answer = git.Bench.Json("history", new { target = ".", view = "diff" });
        Assert.Equal(["src/Pump.cs#N.Pump.Stop"], answer.List("changes").Select(change => change.Str("symbol")));
    }

    [Fact]
    public void Read_WithRev_GivesTheTextOfThen()
    {
        using var git = new GitBench();
        git.Write("src/Pump.cs", Pump).Commit("before");
        git.Branch("old", git.Write("src/Pump.cs", Pump.Replace("Open();", "OpenAll();")).Commit("after"));
        git.Write("src/Pump.cs", "class Pump { }\n").Commit("gone");
        string Slice(string target, string rev) => git.Bench.Json("read", new { targets = target, rev })["slices"]![0]!.Str("text")!;
        Assert.Equal(Pump, Slice("src/Pump.cs", "HEAD~2"));
        Assert.Equal("        OpenAll();\n", Slice("src/Pump.cs:7", "old"));
        Assert.Contains("Open();", Slice("Pump.Start", "HEAD~2"));
        Assert.Contains("OpenAll();", Slice("src/Pump.cs#Start", "HEAD^"));
        Assert.Contains("at " , git.Bench.Text("read", new { targets = "src/Pump.cs", rev = "old" }).Split('\n')[1]);
        Assert.StartsWith("bad_argument", git.Bench.Error("read", new { targets = "src/Pump.cs", rev = "nosuch" }));
        Assert.StartsWith("unknown_path", git.Bench.Error("read", new { targets = "src/No.cs", rev = "HEAD" }));
        Assert.StartsWith("bad_argument", git.Bench.Error("read", new { targets = "src/Pump.cs", rev = "--output=x" }));
    }

    [Fact]
    public void Churn_OfAFolderAndOfAFile()
    {
        using var git = new GitBench();
        git.Write("src/Pump.cs", Pump).Write("b.txt", "b\n").Commit("all");
        git.Write("src/Pump.cs", Pump.Replace("Open", "A")).Commit("start");
        git.Write("src/Pump.cs", Pump.Replace("Open", "B")).Commit("start again");
        var files = git.Bench.Json("history", new { view = "churn" });
        Assert.Equal(["src/Pump.cs 3", "b.txt 1"], files.List("changes").Select(row => $"{row.Str("path")} {row.Int("commits")}"));
        var symbols = git.Bench.Json("history", new { target = "src/Pump.cs", view = "churn" });
        Assert.Equal("src/Pump.cs#N.Pump.Start 3", symbols.List("changes").Select(row => $"{row.Str("symbol")} {row.Int("commits")}").First());
    }

    [Fact]
    public void CoChange_CountsSharedCommits()
    {
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Write("b.txt", "1\n").Commit("both");
        git.Write("a.txt", "2\n").Write("b.txt", "2\n").Commit("both again");
        git.Write("a.txt", "3\n").Write("c.txt", "3\n").Commit("a and c");
        var pairs = git.Bench.Json("history", new { target = "a.txt", view = "cochange" });
        Assert.Equal(["b.txt 2 of 3", "c.txt 1 of 3"], pairs.List("pairs").Select(pair => $"{pair.Str("with")} {pair.Int("together")} of {pair.Int("of")}"));
    }

    [Fact]
    public void Since_LeavesOutWhatIsOlder()
    {
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Commit("first");
        git.Write("a.txt", "2\n").Commit("second");
        Assert.Equal(1, git.Bench.Json("history", new { since = "2026-01-02" }).Int("total"));
        Assert.StartsWith("bad_argument", git.Bench.Error("history", new { since = "soon" }));
    }

    [Fact]
    public void NoRepository_IsNotAvailable()
    {
        using var bench = new ToolBench();
        bench.Write("a.txt", "x\n");
        Assert.StartsWith("not_available", bench.Error("history", new { }));
        Assert.StartsWith("not_available", bench.Error("read", new { targets = "a.txt", rev = "HEAD" }));
    }

    [Fact]
    public void EmptyRepository_SaysThatThereIsNoCommit()
    {
        using var git = new GitBench();
        git.Bench.Write("a.txt", "x\n");
        Assert.Contains("no commit yet", git.Bench.Error("history", new { target = "a.txt" }));
    }

    [Fact]
    public void DetachedHead_IsAHead()
    {
        using var git = new GitBench();
        var first = git.Write("a.txt", "1\n").Commit("first");
        git.Write("a.txt", "2\n").Commit("second");
        git.Checkout(first);
        Assert.Equal([first], git.Bench.Json("history", new { target = "a.txt" }).List("commits").Select(commit => commit.Str("id")));
    }
}
