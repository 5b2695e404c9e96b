using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Outlines.AstGrep;
using Rlm.Context.Scopes;

namespace Rlm.Context.Tests.Outlines.AstGrep;

/// <summary>Programs that are not what they should be, and repositories that would like to steer the real one.</summary>
public class AstGrepFaultTests
{
    private static readonly OutlineItem Item = new(new RepoPath("a.py"), "python", FileText.Of("def f():\n    pass\n"));

    [Theory]
    [InlineData("echo garbage", "garbage")]
    [InlineData("echo '{\"file\":\"./99999.py\",\"ruleId\":\"python.function\",\"range\":{\"byteOffset\":{\"start\":0,\"end\":1}}}'", "garbage")]
    [InlineData("echo '{\"file\":\"./00000.py\",\"ruleId\":\"python.function\",\"range\":{\"byteOffset\":{\"start\":0,\"end\":9999}}}'", "garbage")]
    [InlineData("echo '{\"file\":\"./00000.py\",\"ruleId\":\"python\",\"range\":{\"byteOffset\":{\"start\":0,\"end\":1}}}'", "garbage")]
    [InlineData("exit 101", "crashed")]
    public void WrongAnswers_CostTheBatchOnly(string script, string why)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "there is no shell to play the program");
        using var folder = new TempFolder().Write("ast-grep", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.At("ast-grep"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var answer = Assert.Single(new AstGrepOutliner(new(AstGrepRelease.Packages[0], folder.At("ast-grep"))).Outline([Item], TestContext.Current.CancellationToken));
        Assert.Equal((null, why), (answer.Outline, answer.Fault));
    }

    [Fact]
    public void ProgramWithAnotherChecksum_IsNeverRun()
    {
        Assert.SkipUnless(AstGrepRelease.ForThisMachine() is not null && !OperatingSystem.IsWindows(), "no ast-grep for this machine");
        var package = AstGrepRelease.ForThisMachine()!;
        using var folder = new TempFolder().Write("root/a.py", Item.Text.Text).Write("providers/" + package.Place.Replace('\\', '/'), $"#!/bin/sh\ntouch {Path.GetTempPath()}/never\n");
        using (var file = File.OpenWrite(folder.At("providers/" + package.Place))) file.SetLength(package.Bytes); // a file with holes of the right size
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.At("providers/" + package.Place), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var store = new ContextStore(new ContextOptions { Root = folder.At("root"), ProviderFolder = folder.At("providers") });
        store.Current(null, default);
        Assert.Equal("heuristic", store.OutlineOf(store.Open(new RepoPath("a.py"), default), default).Provider);
        Assert.False(File.Exists(Path.Join(Path.GetTempPath(), "never")));
        Assert.Equal("", store.Outliners.WayOf("python"));
    }

    [Fact]
    public void Repository_DoesNotSteerTheProgram()
    {
        _ = Installed.Program;
        const string source = "# ast-grep-ignore\ndef f():\n    pass  # ast-grep-ignore: python.function\n";
        using var folder = new TempFolder().Write("sgconfig.yml", "ruleDirs: [/etc]\ncustomLanguages: { python: { libraryPath: ./evil.so, extensions: [py] } }\n").Write("a.py", source).Write("-c evil.py", source)
            .Write(".hidden/b.py", source).Write("new\nline.py", source).Write("sub/.gitignore", "").Write("sub/.ignore", "*.rs\n");
        using var store = new ContextStore(new ContextOptions { Root = folder.FullPath, ProviderFolder = Installed.Folder });
        var files = store.Current(null, default).Files.Where(file => file.Language == "python").ToArray();
        Assert.Equal(4, files.Length);
        store.PrepareOutlines(files.Select(file => store.Open(file.Path, default)), default);
        foreach (var file in files)
        {
            var outline = store.OutlineOf(store.Open(file.Path, default), default);
            Assert.Equal(("ast-grep", null, "f 2-3"), (outline.Provider, outline.Partial, $"{Assert.Single(outline.Symbols).Name} {outline.Symbols[0].Range}"));
        }
    }

    [Fact]
    public void Index_KeepsOutlinesByWhoMadeThem()
    {
        _ = Installed.Program;
        using var folder = new TempFolder().Write("a.py", "class A:\n    def f(self):\n        def g(): pass\n").Write("b.go", "package b\nfunc (s *S) Open() {}\n").Write("c.cs", "class C { }\n");
        using var cache = new TempFolder();
        ContextStore Store(string? providers) => new(new ContextOptions { Root = folder.FullPath, CacheFolder = cache.FullPath, ProviderFolder = providers, Time = new Index.LaterTime() });
        string[] Indexed(ContextStore store)
        {
            var view = store.Index.View(store.Current(null, default))!;
            return [.. Enumerable.Range(0, view.Snapshot.Files.Length).Select(file => store.OutlineOf(view, file)?.Provider ?? "none")];
        }

        using (var without = Store(null))
        {
            without.BuildIndex(null, default);
            Assert.Equal(["heuristic", "heuristic", "roslyn"], Indexed(without));
        }
        using (var with = Store(Installed.Folder))
        {
            Assert.Equal(["none", "none", "roslyn"], Indexed(with)); // what a guess was is not believed any more
            with.BuildIndex(null, default);
            Assert.Equal(["ast-grep", "ast-grep", "roslyn"], Indexed(with));
            Assert.Equal("Open", Assert.Single(with.Symbols.Find("S.Open", ScopeResolver.All(with.Current(null, default)), default)).Symbol.Name);
        }
        using var again = Store(null);
        Assert.Equal(["none", "none", "roslyn"], Indexed(again));
        Assert.Equal("heuristic", again.OutlineOf(again.Open(new RepoPath("a.py"), default), default).Provider);
    }

    [Fact]
    public void DeepNesting_CostsThisTextAlone()
    {
        var bomb = string.Concat(Enumerable.Repeat("function f() {\n", 5_000)) + new string('}', 5_000);
        var outlines = Installed.Providers.OutlineAll([Item, new(new RepoPath("a.js"), "javascript", FileText.Of(bomb)), Item], TestContext.Current.CancellationToken);
        Assert.Equal(["ast-grep", "ast-grep"], [outlines[0].Provider, outlines[2].Provider]);
        Assert.NotEmpty(outlines[1].Symbols);
        Invariants.Check(outlines[1], FileText.Of(bomb));
    }

    [Fact]
    public void LargeText_FallsToTheHeuristic_AndSaysSo()
    {
        var outline = Installed.Providers.Outline(new(new RepoPath("a.py"), "python", FileText.Of(string.Concat(Enumerable.Repeat("x = 1  # a line of a generated file\n", 100_000)) + "def f(): pass\n")), TestContext.Current.CancellationToken);
        Assert.Equal(("heuristic", "ast-grep: over 3,000,000 bytes"), (outline.Provider, outline.Partial));
    }
}
