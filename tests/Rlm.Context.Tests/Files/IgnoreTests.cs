using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

public class IgnoreTests
{
    /// <summary>The covered files of a tree of empty files under one root <c>.gitignore</c>, the ignore file itself left out.</summary>
    private static void Check(string gitignore, string tree, string covered)
    {
        using var folder = new TempFolder();
        foreach (var file in tree.Split('|')) folder.Write(file, "");
        Check(folder.Write(".gitignore", gitignore), covered);
    }

    private static void Check(TempFolder folder, string covered)
    {
        using var root = RootFolder.OpenRoot(folder.FullPath);
        var snapshot = Walker.Walk(root, new() { Root = folder.FullPath }, null, null, TestContext.Current.CancellationToken);
        var actual = snapshot.Files.Select(file => file.Path).Where(path => path.Name is not (".gitignore" or ".rlmignore")).Select(path => path.Value);
        Assert.Equal(covered, string.Join('|', actual));
    }

    [Theory]
    [InlineData("a", "a|b|d/a|e/a/x", "b")]
    [InlineData("/a", "a|d/a", "d/a")]
    [InlineData("a/", "a|d/a/x", "a")]
    [InlineData("d/a", "d/a|e/d/a", "e/d/a")]
    [InlineData("*.o\n!keep.o", "a.o|keep.o|d/b.o|d/keep.o", "d/keep.o|keep.o")]
    [InlineData("*.o\n!/keep.o", "a.o|d/keep.o|keep.o", "keep.o")]
    [InlineData("d/\n!d/keep", "d/keep|x", "x")]
    [InlineData("d/*\n!d/keep", "d/drop|d/keep|x", "d/keep|x")]
    [InlineData("**/a", "a|d/a|d/e/a|d/b", "d/b")]
    [InlineData("d/**", "d/a|d/e/b|e", "e")]
    [InlineData("d/**/a", "d/a|d/e/a|d/e/f/a|d/b|a", "a|d/b")]
    [InlineData("a**b", "ab|axxb|d/axb|a/b", "a/b")]
    [InlineData("a*/b", "ax/b|ay/c/b|a/b", "ay/c/b")]
    [InlineData("?", "a|bb|é", "bb|é")]
    [InlineData("??", "a|bb|é|éé", "a|éé")]
    [InlineData("é*/x/[é]", "éa/x/y|éa/x/é|é", "é|éa/x/y|éa/x/é")]
    [InlineData("[ab]x", "ax|bx|cx", "cx")]
    [InlineData("[!ab]x", "ax|bx|cx", "ax|bx")]
    [InlineData("[^ab]x", "ax|bx|cx", "ax|bx")]
    [InlineData("[a-c]x", "ax|cx|dx|-x", "-x|dx")]
    [InlineData("[a-]x", "ax|-x|bx", "bx")]
    [InlineData("[]a]x", "]x|ax|bx", "bx")]
    [InlineData("[[:digit:]]", "1|a", "a")]
    [InlineData("[a", "[a|a", "[a|a")]
    [InlineData("\\*", "*|a", "a")]
    [InlineData("\\!a\n\\#b", "!a|#b|a|b", "a|b")]
    [InlineData("#a\n\n!\n/\n", "#a|a", "#a|a")]
    [InlineData("a ", "a|a ", "a ")]
    [InlineData("a\\ ", "a|a ", "a")]
    [InlineData("a\\  ", "a|a ", "a")]
    [InlineData("a\r\nb", "a|b|c", "c")]
    [InlineData("{a,b}", "a|b|{a,b}", "a|b")]
    [InlineData("A", "a|A", "a")]
    [InlineData("\uFEFFa", "a|b", "b")]
    [InlineData("a\\", "a|a\\", "a|a\\")]
    [InlineData("foo//", "foo/a|b", "b|foo/a")]
    [InlineData(".*\n!.gitignore", ".hidden|.d/x|a", "a")]
    public void Pattern_LeavesOutWhatGitWould(string gitignore, string tree, string covered) => Check(gitignore, tree, covered);

    [Fact]
    public void NestedFile_BeatsTheOneAbove()
    {
        using var folder = new TempFolder().Write(".gitignore", "*.o\n").Write("d/.gitignore", "!a.o\nb\n").Write("d/a.o", "").Write("d/b", "").Write("b", "").Write("x.o", "").Write("d/e/a.o", "");
        Check(folder, "b|d/a.o|d/e/a.o");
    }

    [Fact]
    public void RlmIgnore_BeatsTheGitignoreBesideIt()
    {
        using var folder = new TempFolder().Write(".gitignore", "a\nb\n").Write(".rlmignore", "!a\nc\n").Write("a", "").Write("b", "").Write("c", "").Write("d/.gitignore", "!c").Write("d/c", "");
        Check(folder, "a|d/c");
    }

    [Fact]
    public void Exclude_AppliesLastAndGitIsNeverSeen()
    {
        using var folder = new TempFolder().Write(".git/info/exclude", "a\nb\n").Write(".gitignore", "!b\n").Write("a", "").Write("b", "").Write("sub/.git", "gitdir: ../../elsewhere").Write("sub/a", "");
        Check(folder, "b|sub/a");
    }

    [Fact]
    public void NestedRepository_IsNotUnderTheRulesAboveIt()
    {
        using var folder = new TempFolder().Write(".gitignore", "a\n").Write("sub/.git/info/exclude", "b\n").Write("sub/a", "").Write("sub/b", "").Write("sub/d/a", "").Write("sub/d/b", "").Write("a", "");
        Check(folder, "sub/a|sub/d/a");
    }

    [Fact]
    public void IgnoreFileAboveTheRoot_DoesNotApply()
    {
        using var folder = new TempFolder().Write(".gitignore", "a\n").Write("root/a", "").Write("root/.git/HEAD", "");
        using var root = RootFolder.OpenRoot(folder.At("root"));
        var snapshot = Walker.Walk(root, new() { Root = folder.At("root") }, null, null, TestContext.Current.CancellationToken);
        Assert.Equal(["a"], snapshot.Files.Select(file => file.Path.Value));
    }

    [Fact]
    public void HostilePattern_TakesNoTime()
    {
        var stars = string.Concat(Enumerable.Repeat("*a", 60)) + "b";
        var deep = string.Concat(Enumerable.Repeat("**/a/", 60)) + "b";
        using var folder = new TempFolder().Write(".gitignore", stars + "\n" + deep + "\n").Write(new string('a', 250), "").Write(string.Join('/', Enumerable.Repeat("a", 100)), "");
        using var root = RootFolder.OpenRoot(folder.FullPath);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var snapshot = Walker.Walk(root, new() { Root = folder.FullPath }, null, null, limit.Token);
        Assert.Equal(3, snapshot.Files.Length);
    }
}
