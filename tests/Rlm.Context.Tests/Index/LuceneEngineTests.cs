#if USE_LUCENE
using Rlm.Context.Index;
using Rlm.Context.Lucene;
using Rlm.Context.Search.Planning;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Index;

/// <summary>The engine over Lucene.Net keeps the same promises; built with <c>UseLucene=true</c> only.</summary>
public sealed class LuceneEngineTests : EngineContract, IDisposable
{
    private static readonly uint[] Trigrams = [.. Trigram.AllOf("content")];

    private readonly TempFolder _folder = new();
    private int _engines;

    public void Dispose() => _folder.Dispose();

    private protected override IIndexEngine NewEngine() => new LuceneEngine(NewFolder());

    private protected override bool KeepsTexts => false;

    [Fact]
    public void AnyFlippedByte_IsFoundBeforeItIsBelieved()
    {
        var (folder, oracle) = Filled();
        var random = new Random(Seed);
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0 && !file.EndsWith("segments.gen", StringComparison.Ordinal)).Order().ToArray();
        Assert.NotEmpty(files);
        for (var round = 0; round < TestScale.Cases(2_000); round++)
        {
            var file = files[random.Next(files.Length)];
            var good = File.ReadAllBytes(file);
            var bad = random.Next(4) == 0 ? good[..random.Next(good.Length)] : [.. good];
            if (bad.Length == good.Length) bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, bad);
            try
            {
                using var snapshot = new LuceneEngine(folder).Open();
                Assert.True(oracle.Difference(snapshot, random) is null, $"seed {Seed}, round {round}: a change of {Path.GetFileName(file)} went unseen");
            }
            catch (IndexDamagedException)
            {
            }
            File.WriteAllBytes(file, good);
        }
    }

    [Fact]
    public void MissingFile_IsDamage_AndStartingOverHeals()
    {
        var (folder, _) = Filled();
        var file = Directory.GetFiles(folder, "*.doc", SearchOption.AllDirectories).First();
        File.Delete(file);
        var engine = new LuceneEngine(folder);
        Assert.Throws<IndexDamagedException>(engine.Open);
        Assert.Throws<IndexDamagedException>(engine.OpenWriter);
        StartOverHeals(engine);
    }

    [Fact]
    public void UnreadableCommit_IsDamage_AndStartingOverHeals()
    {
        var (folder, _) = Filled();
        var engine = new LuceneEngine(folder);
        using var before = engine.Open();
        foreach (var file in Directory.GetFiles(folder, "segments_*", SearchOption.AllDirectories)) File.WriteAllBytes(file, [1, 2, 3]);
        Assert.Throws<IndexDamagedException>(engine.Open);
        Assert.Throws<IndexDamagedException>(() => engine.CurrentGeneration());
        Assert.NotEqual(before.Generation, StartOverHeals(engine));
        Assert.NotEmpty(before.Candidates(TrigramQuery.All));
    }

    [Fact]
    public void CancelledMerge_ChangesNothing()
    {
        var engine = new LuceneEngine(NewFolder());
        using var writer = engine.OpenWriter();
        for (var commit = 0; commit < 30; commit++)
        {
            writer.Put(new($"f{commit}", default, default, IndexedFileFlags.None), Trigrams, []);
            writer.Commit();
        }
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var generation = engine.CurrentGeneration();
        Assert.Throws<OperationCanceledException>(() => writer.Merge(cancelled.Token));
        Assert.Equal(generation, engine.CurrentGeneration());
        Assert.True(writer.Merge(default));
        while (writer.Merge(default)) ;
        using var snapshot = engine.Open();
        Assert.Equal(30, snapshot.Candidates(TrigramQuery.Of(Trigrams)).Length);
    }

    [Fact]
    public void NameTooLongForATerm_IsFound()
    {
        var engine = new LuceneEngine(NewFolder());
        var name = string.Concat(Enumerable.Repeat("日本", 50_000));
        using (var writer = engine.OpenWriter())
        {
            writer.PutContent(new() { Key = 1, Outline = [], Names = ["a", name, "", name], UnitCount = 0, Postings = default });
            writer.Commit();
        }
        using var snapshot = engine.Open();
        var content = snapshot.Contents.Single();
        Assert.Equal([new(content, 1), new(content, 3)], snapshot.SymbolsNamed(name));
        Assert.Empty(snapshot.SymbolsNamed(name + "x"));
        var found = new List<(string, int)>();
        snapshot.ScanNames(_ => true, (text, count) => found.Add((text, count)), default);
        Assert.Equal([("a", 1), (name, 2)], found);
    }

    private string NewFolder() => _folder.At($"cache/{_engines++}");

    private static long StartOverHeals(LuceneEngine engine)
    {
        long generation;
        using (var writer = engine.StartOver())
        {
            writer.Put(new("new", default, default, IndexedFileFlags.None), Trigrams, []);
            generation = writer.Commit();
        }
        using var snapshot = engine.Open();
        Assert.Equal("new", snapshot.File(snapshot.Candidates(TrigramQuery.Of(Trigrams)).Single()).Path);
        return generation;
    }

    private (string Folder, IndexOracle Oracle) Filled()
    {
        var folder = NewFolder();
        var random = new Random(Seed);
        var oracle = new IndexOracle(keepsTexts: false);
        using var writer = new LuceneEngine(folder).OpenWriter();
        for (var commit = 0; commit < 3; commit++)
        {
            for (var item = 0; item < 12; item++)
            {
                oracle.Put(writer, $"f{random.Next(20)}", random);
                oracle.Contents.Put(writer, (UInt128)random.Next(20), random);
            }
            writer.Commit();
        }
        return (folder, oracle);
    }
}
#endif
