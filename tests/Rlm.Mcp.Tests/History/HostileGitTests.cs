using Rlm.Context.Tests;
using Rlm.Mcp.Tests.Tools;

namespace Rlm.Mcp.Tests.History;

/// <summary>Repositories that were made to lead out, to run something, or to show what is hidden.</summary>
public class HostileGitTests
{
    [Fact]
    public void Configuration_RunsNothingAndIsNotFollowed()
    {
        using var git = new GitBench();
        using var outside = new TempFolder();
        var mark = outside.At("ran");
        git.Write("a.txt", "1\n").Write(".gitattributes", "*.txt filter=evil diff=evil\n").Commit("first");
        git.Write("a.txt", "2\n").Commit("second");
        File.AppendAllText(Path.Combine(git.GitFolder, "config"), $"""
            [core]
                fsmonitor = touch {mark}
                hooksPath = {outside.FullPath}
                worktree = /
            [filter "evil"]
                smudge = touch {mark}
                clean = touch {mark}
            [diff "evil"]
                textconv = touch {mark}
                command = touch {mark}
            [include]
                path = {outside.At("no-such-file")}
            [include]
                path = /dev/zero

            """);
        foreach (var arguments in (object[])[new { }, new { target = "a.txt", view = "blame" }, new { target = "HEAD~1..HEAD" }, new { target = "HEAD" }, new { target = "a.txt", view = "diff" }]) git.Bench.Text("history", arguments);
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public void PointerOutOfTheRoot_IsRefused()
    {
        using var victim = new GitBench();
        victim.Write("secret.txt", "1\n").Commit("theirs");
        using var bench = new ToolBench();
        bench.Write("a.txt", "x\n").Write(".git", $"gitdir: {victim.GitFolder}\n");
        Assert.Contains("does not point back", bench.Error("history", new { }));
    }

    [Fact]
    public void Alternates_OutOfTheRoot_AreRefused()
    {
        using var victim = new GitBench();
        victim.Write("secret.txt", "1\n").Commit("theirs");
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Commit("ours");
        File.WriteAllText(Path.Combine(git.GitFolder, "objects/info/alternates"), Path.Combine(victim.GitFolder, "objects") + "\n");
        Assert.StartsWith("not_available", git.Bench.Error("history", new { }));
    }

    [Theory]
    [InlineData("objects/ab/cdef")]
    [InlineData("objects/pack/pack-1.idx")]
    [InlineData("objects/12")]
    public void LinkAmongTheObjects_IsRefused(string place)
    {
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Commit("ours");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(git.GitFolder, place))!);
        File.CreateSymbolicLink(Path.Combine(git.GitFolder, place), "/dev/zero");
        Assert.Contains("link or special file", git.Bench.Error("history", new { }));
    }

    [Fact]
    public void GitFolderThatIsALink_IsRefused()
    {
        using var victim = new GitBench();
        victim.Write("secret.txt", "1\n").Commit("theirs");
        using var bench = new ToolBench();
        bench.Write("a.txt", "x\n").Link(".git", victim.GitFolder);
        Assert.StartsWith("not_available", bench.Error("history", new { }));
    }

    [Fact]
    public void WorktreeWhosePointersAgree_OpensItsRepository()
    {
        using var git = new GitBench();
        var first = git.Write("a.txt", "1\n").Commit("first");
        using var tree = new ToolBench();
        var data = Directory.CreateDirectory(Path.Combine(git.GitFolder, "worktrees/one")).FullName;
        File.WriteAllText(Path.Combine(data, "gitdir"), Path.Combine(tree.Root, ".git") + "\n");
        File.WriteAllText(Path.Combine(data, "commondir"), "../..\n");
        File.WriteAllText(Path.Combine(data, "HEAD"), first + "\n");
        tree.Write("a.txt", "1\n").Write(".git", $"gitdir: {data}\n");
        Assert.Equal([first], tree.Json("history", new { target = "a.txt" }).List("commits").Select(commit => commit.Str("id")));
        File.WriteAllText(Path.Combine(data, "gitdir"), "/elsewhere/.git\n");
        Assert.StartsWith("not_available", tree.Error("history", new { }));
    }

    [Fact]
    public void PointerInsideTheRoot_IsFollowed()
    {
        using var git = new GitBench();
        var first = git.Write("a.txt", "1\n").Commit("first");
        Directory.Move(git.GitFolder, Path.Combine(git.Root, ".bare"));
        git.Bench.Write(".git", "gitdir: ./.bare\n");
        Assert.Equal([first], git.Bench.Json("history", new { }).List("commits").Select(commit => commit.Str("id")));
        File.Delete(Path.Combine(git.Root, ".git"));
        Directory.Move(Path.Combine(git.Root, ".bare"), git.GitFolder);
    }

    [Fact]
    public void SecretFiles_AreNamedAndNeverShown()
    {
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Write(".env", "KEY=hunter2\n").Write("id_rsa", "hunter2\n").Commit("first");
        git.Write("a.txt", "2\n").Write(".env", "KEY=hunter22\n").Move("id_rsa", "plain.txt").Commit("second");
        Assert.StartsWith("secret_file", git.Bench.Error("read", new { targets = ".env", rev = "HEAD" }));
        Assert.StartsWith("secret_file", git.Bench.Error("history", new { target = ".env" }));
        foreach (var target in (string[])["HEAD", "HEAD~1", "HEAD~1..HEAD"])
        {
            var text = git.Bench.Text("history", new { target, budget = 20_000 });
            Assert.DoesNotContain("hunter2", text);
            Assert.Contains(".env", text);
        }
    }

    [Fact]
    public void IgnoredFiles_StayHiddenAndAreCounted()
    {
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Write("out/made.txt", "made\n").Commit("first");
        git.Write(".gitignore", "out/\n").Write("out/made.txt", "made again\n").Commit("second");
        var text = git.Bench.Text("history", new { target = "HEAD~1..HEAD" });
        Assert.DoesNotContain("made", text);
        Assert.Contains("skipped: 1 files that ignore rules leave out", text);
    }

    [Fact]
    public void Sha256AndReftable_AreToldApart()
    {
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Commit("first");
        var config = Path.Combine(git.GitFolder, "config");
        var plain = File.ReadAllText(config);
        File.WriteAllText(config, plain + "[extensions]\n\tobjectFormat = sha256\n");
        Assert.Contains("SHA-256", git.Bench.Error("history", new { }));
        File.WriteAllText(config, plain + "[extensions]\n\trefStorage = reftable\n");
        Assert.Contains("reftable", git.Bench.Error("history", new { }));
    }

    [Fact]
    public void ShallowClone_SaysSo()
    {
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Commit("first");
        var second = git.Write("a.txt", "2\n").Commit("second");
        var third = git.Write("a.txt", "3\n").Commit("third");
        File.WriteAllText(Path.Combine(git.GitFolder, "shallow"), second + "\n");
        var answer = git.Bench.Json("history", new { target = "a.txt" });
        Assert.Equal([third, second], answer.List("commits").Select(commit => commit.Str("id")));
        Assert.Contains("shallow", git.Bench.Text("history", new { target = "a.txt" }));
    }

    [Fact]
    public void Repository_IsNotWrittenTo()
    {
        using var git = new GitBench();
        git.Write("a.txt", "1\n").Commit("first");
        var before = Everything(git.Root);
        foreach (var view in (string[])["log", "blame", "churn", "cochange", "diff", "show"]) git.Bench.Text("history", new { target = "a.txt", view });
        Assert.Equal(before, Everything(git.Root));
    }

    private static string[] Everything(string root) => [.. Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Order().Select(path => $"{path} {File.GetLastWriteTimeUtc(path):o}")];
}
