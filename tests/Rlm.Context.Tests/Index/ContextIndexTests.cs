using Rlm.Context.Index.Building;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Index;

/// <summary>Searches with an index give what searches without one give, whatever state the index is in.</summary>
public class ContextIndexTests
{
    private static readonly string[] Words = ["alpha", "Beta", "GAMMA_x", "delta", "class Foo { }", "void Run(int a) { }", "Ärger", "日本", "ab", "x", "\uFEFFx", "\uFEFF"];

    private static readonly TextQuery[] Queries =
    [
        new("alpha", PatternKind.Literal, PatternCase.Smart), new("Beta", PatternKind.Literal, PatternCase.Smart), new("gamma", PatternKind.Literal, PatternCase.Insensitive), new("x", PatternKind.Word, PatternCase.Smart),
        new("ärger", PatternKind.Literal, PatternCase.Insensitive), new("al.ha|日本", PatternKind.Regex, PatternCase.Sensitive), new(@"^\w+$", PatternKind.Regex, PatternCase.Sensitive), new("nowhere", PatternKind.Literal, PatternCase.Smart),
        new("^x", PatternKind.Regex, PatternCase.Sensitive), new("^beta alpha$", PatternKind.Regex, PatternCase.Insensitive), new("delta GAMMA_x", PatternKind.Literal, PatternCase.Smart),
    ];

    [Fact]
    public void RandomEdits_LeaveNoStaleAndNoMissingLine()
    {
        for (var seed = 1; seed <= TestScale.Cases(400, 8); seed++) Follow(seed);
    }

    [Fact]
    public void DamagedFiles_GiveRightAnswers_AndAreMadeAnew()
    {
        for (var seed = 1; seed <= TestScale.Cases(200, 6); seed++) Damage(seed);
    }

    [Fact]
    public void CacheThatCannotBeWritten_IsSaidOnce_AndTheIndexIsInMemory()
    {
        using var folder = new TempFolder().Write("a.txt", "alpha\n");
        using var place = new TempFolder().Write("file", "");
        using var store = Store(folder, place.At("file/below"));
        var report = store.BuildIndex(null, default);
        Assert.Null(report.Folder);
        Assert.Equal(IndexState.Ready, store.IndexStatus.State);
        Assert.Contains("cannot be written", store.IndexStatus.Note, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(Found(store, Queries[0])).Line);
    }

    [Fact]
    public void SecondStore_ReadsWhatTheFirstWrote()
    {
        using var folder = new TempFolder().Write("a.cs", "class Alpha { void Run() { } }\n").Write("b.txt", "alpha\n");
        using var cache = new TempFolder();
        using (var first = Store(folder, cache.FullPath)) first.BuildIndex(null, default);
        using var second = Store(folder, cache.FullPath);
        var view = second.Index.View(second.Current(null, default));
        Assert.Equal(2, view!.Known);
        Assert.Equal(2, view.Outlined.Known);
        Assert.Equal(["Alpha"], SymbolSearch.Run(second, "Alpha", ScopeResolver.All(view.Snapshot), TimeSpan.Zero, null, default).Hits.Select(hit => hit.Symbol.Path));
    }

    [Fact]
    public void RenamedRoot_AndWorktree_ReuseWhatIsKnown()
    {
        using var folder = new TempFolder();
        for (var file = 0; file < 20; file++) folder.Write($"before/f{file}.cs", $"class C{file} {{ void Run() {{ }} }}\n");
        using var cache = new TempFolder();
        ContextStore Store(string root) => new(new ContextOptions { Root = folder.At(root), CacheFolder = cache.FullPath, Time = new LaterTime() });
        using (var first = Store("before")) first.BuildIndex(null, default);
        using (var copy = new TempFolder())
        {
            for (var file = 1; file < 20; file++) copy.Write($"f{file}.cs", $"class C{file} {{ void Run() {{ }} }}\n");
            using var worktree = new ContextStore(new ContextOptions { Root = copy.FullPath, CacheFolder = cache.FullPath, Time = new LaterTime() });
            worktree.BuildIndex(null, default);
            Assert.Equal((19, 19), worktree.Indexed());
            Assert.Single(Found(worktree, new("C7", PatternKind.Literal, PatternCase.Smart)));
            Assert.Empty(Found(worktree, new("C0", PatternKind.Word, PatternCase.Smart)));
        }
        Directory.Move(folder.At("before"), folder.At("after"));
        using var renamed = Store("after");
        renamed.BuildIndex(null, default);
        Assert.Equal((20, 20), renamed.Indexed());
        Assert.Single(Found(renamed, new("C0", PatternKind.Word, PatternCase.Smart)));
    }

    [Fact]
    public void UnchangedRepository_IsNotWrittenAgain()
    {
        using var folder = new TempFolder().Write("a.cs", "class Alpha { }\n");
        using var cache = new TempFolder();
        using var store = Store(folder, cache.FullPath);
        store.BuildIndex(null, default);
        var before = Directory.EnumerateFiles(cache.FullPath, "*", SearchOption.AllDirectories).Select(file => (file, File.GetLastWriteTimeUtc(file))).Where(file => !file.file.EndsWith(".lock", StringComparison.Ordinal)).ToArray();
        store.BuildIndex(null, default);
        Assert.Equal(before, Directory.EnumerateFiles(cache.FullPath, "*", SearchOption.AllDirectories).Select(file => (file, File.GetLastWriteTimeUtc(file))).Where(file => !file.file.EndsWith(".lock", StringComparison.Ordinal)));
    }

    [Fact]
    public void FilesWrittenJustNow_AreTakenInOnceTheySettle()
    {
        using var folder = new TempFolder().Write("a.txt", "alpha\n").Write("b.txt", "alpha\n");
        using var cache = new TempFolder();
        using var store = new ContextStore(new ContextOptions { Root = folder.FullPath, CacheFolder = cache.FullPath, Time = new WaitingTime(File.GetLastWriteTimeUtc(folder.At("a.txt"))) });
        Assert.Equal((2, 0), (store.BuildIndex(null, default).Files, store.BuildIndex(null, default).Left));
        Assert.Equal((2, 2), store.Indexed());
    }

    [Fact]
    public void Keeper_BuildsInTheBackground_AndFollows()
    {
        using var folder = new TempFolder().Write("a.txt", "alpha\n");
        using var cache = new TempFolder();
        var time = new LaterTime();
        using var store = new ContextStore(new ContextOptions { Root = folder.FullPath, CacheFolder = cache.FullPath, KeepsIndex = true, Time = time });
        store.Current(null, default);
        Assert.True(SpinWait.SpinUntil(() => store.IndexStatus.State == IndexState.Ready, TimeSpan.FromSeconds(30)), $"{store.IndexStatus}");
        folder.Write("b.txt", "alpha\n");
        time.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal(2, Found(store, Queries[0]).Count);
        Assert.True(SpinWait.SpinUntil(() => store.CurrentView() is { Known: 2 }, TimeSpan.FromSeconds(30)), $"{store.IndexStatus}");
    }

    private static void Follow(int seed)
    {
        var random = new Random(seed);
        using var folder = new TempFolder();
        using var cache = new TempFolder();
        for (var file = 0; file < 8; file++) Edit(folder, random);
        using var store = Store(folder, random.Next(4) == 0 ? null : cache.FullPath);
        using var plain = new ContextStore(new ContextOptions { Root = folder.FullPath, UsesIndex = false, Time = new LaterTime() });
        for (var step = 0; step < 12; step++)
        {
            if (random.Next(3) == 0) store.BuildIndex(null, default);
            else Edit(folder, random);
            ((LaterTime)store.Options.Time).Pass(TimeSpan.FromSeconds(3));
            ((LaterTime)plain.Options.Time).Pass(TimeSpan.FromSeconds(3));
            foreach (var query in Queries) Assert.True(Found(plain, query).SequenceEqual(Found(store, query)), $"seed {seed}, step {step}, {query}");
        }
    }

    private static void Damage(int seed)
    {
        var random = new Random(seed);
        using var folder = new TempFolder();
        using var cache = new TempFolder();
        for (var file = 0; file < 8; file++) Edit(folder, random);
        using (var first = Store(folder, cache.FullPath)) first.BuildIndex(null, default);
        foreach (var path in Directory.EnumerateFiles(cache.FullPath, "*", SearchOption.AllDirectories).Where(_ => random.Next(2) == 0)) Spoil(path, random);
        using var store = Store(folder, cache.FullPath);
        using var plain = new ContextStore(new ContextOptions { Root = folder.FullPath, UsesIndex = false });
        foreach (var query in Queries) Assert.True(Found(plain, query).SequenceEqual(Found(store, query)), $"seed {seed}, {query}, damaged");
        store.BuildIndex(null, default);
        Assert.Equal(store.Current(null, default).Files.Length, store.CurrentView()?.Known);
        foreach (var query in Queries) Assert.True(Found(plain, query).SequenceEqual(Found(store, query)), $"seed {seed}, {query}, mended");
    }

    private static void Spoil(string path, Random random)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length == 0) return;
        if (random.Next(3) == 0) bytes = bytes[..random.Next(bytes.Length)];
        else
            for (var flips = random.Next(1, 200); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        File.WriteAllBytes(path, bytes);
    }

    private static void Edit(TempFolder folder, Random random)
    {
        var path = $"d{random.Next(3)}/f{random.Next(6)}.{(random.Next(2) == 0 ? "cs" : "txt")}";
        switch (random.Next(5))
        {
            case 0 when File.Exists(folder.At(path)):
                File.Delete(folder.At(path));
                break;
            case 1 when File.Exists(folder.At(path)):
                File.Move(folder.At(path), folder.At($"d0/moved{random.Next(3)}.txt").Replace("d0/", Directory.Exists(folder.At("d0")) ? "d0/" : "", StringComparison.Ordinal), overwrite: true);
                break;
            default:
                var length = random.Next(10) == 0 && path.EndsWith(".txt", StringComparison.Ordinal) ? random.Next(20_000, 40_000) : random.Next(12); // a long text is indexed in parts
                var text = string.Concat(Enumerable.Range(0, length).Select(_ => Words[random.Next(Words.Length)] + (random.Next(2) == 0 ? "\n" : " ")));
                folder.Write(path, random.Next(8) == 0 ? [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes(text)] : System.Text.Encoding.UTF8.GetBytes(text));
                break;
        }
    }

    private static ContextStore Store(TempFolder folder, string? cache) => new(new ContextOptions { Root = folder.FullPath, CacheFolder = cache, Time = new LaterTime() });

    private static List<(string Path, int Line)> Found(ContextStore store, TextQuery query)
    {
        var search = LineSearch.Run(store, query, ScopeResolver.All(store.Current(null, default)), null, default);
        var found = search.From(null, 4, default).SelectMany(file => file.Hits.Select(hit => (file.File.Path.Value, hit.Line))).ToList();
        Assert.Equal(search.Total, found.Count);
        return found;
    }
}
