using System.Diagnostics;
using System.Text;
using Rlm.Context.Index;
using Rlm.Context.Index.Storage;
using Rlm.Context.Search.Planning;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Index;

/// <summary>A process that commits without end is killed, again and again (RELIABILITY R11).</summary>
public class IndexKillTests
{
    internal const string FolderVariable = "RLM_TEST_INDEX_FOLDER";
    internal const int Files = 25;

    [Theory]
    [InlineData("own")]
#if USE_LUCENE
    [InlineData("lucene")]
#endif
    public void KilledWriter_LeavesAWholeGenerationAndNoLock(string name)
    {
        using var temporary = new TempFolder();
        var folder = temporary.At(name);
        Directory.CreateDirectory(folder);
        var engine = Engine(folder);
        var random = new Random(TestScale.Seed);
        var last = UInt128.Zero;
        for (var kill = 0; kill < TestScale.Cases(500); kill++)
        {
            using (var child = Start(folder))
            {
                var until = engine.CurrentGeneration() + random.Next(1, 12);
                while (engine.CurrentGeneration() < until && !child.HasExited) Thread.SpinWait(random.Next(50_000));
                Assert.False(child.HasExited, "the child ended by itself");
                child.Kill();
                child.WaitForExit();
            }
            var content = Content(engine);
            Assert.True(content > last);
            last = content;
            engine.OpenWriter().Dispose();
        }
    }

    /// <summary>The engine that the folder is named after.</summary>
    internal static IIndexEngine Engine(string folder) => Path.GetFileName(folder) switch
    {
#if USE_LUCENE
        "lucene" => new Lucene.LuceneEngine(folder),
#endif
        _ => new OwnEngine(new DiskIndexFiles(folder), new() { MaxPairs = 200, MaxPostings = 50 }),
    };

    /// <summary>What the commit of a number consists of: one text in all files, and one outlined content whose key it is.</summary>
    internal static void Put(IEngineWriter writer, UInt128 number)
    {
        var text = TextOf(number);
        for (var file = 0; file < Files; file++) writer.Put(new($"f{file}", default, number, IndexedFileFlags.None), [.. Trigram.AllOf(text)], Encoding.UTF8.GetBytes(text));
        writer.RemoveContent(number - 1);
        writer.PutContent(new() { Key = number, Outline = Encoding.UTF8.GetBytes(text), Names = ["common", text], UnitCount = 2, Postings = new UnitPosting[] { new(1, 0, 7), new((ulong)number + 1, 1, 9) } });
    }

    private static string TextOf(UInt128 number) => $"commit {number}";

    private static UInt128 Content(IIndexEngine engine)
    {
        using var snapshot = engine.Open();
        snapshot.Verify(default);
        Assert.Equal(Files, snapshot.FileCount);
        var content = snapshot.Files.Select(id => snapshot.File(id).Content).Distinct().Single();
        byte[] buffer = [];
        foreach (var id in snapshot.Files)
        {
            Assert.Equal(engine is OwnEngine, snapshot.TryRead(id, ref buffer, out var length));
            if (engine is OwnEngine) Assert.Equal(TextOf(content), Encoding.UTF8.GetString(buffer, 0, length));
        }
        // Fifty questions, of which the texts above say the answers.
        foreach (var number in Enumerable.Range(-24, 50).Select(distance => (Int128)content + distance))
            Assert.Equal(TextOf(content).Contains($"mit {number}", StringComparison.Ordinal) ? Files : 0, snapshot.Candidates(TrigramQuery.Of(Trigram.AllOf($"mit {number}"))).Count(id => TextOf(snapshot.File(id).Content).Contains($"mit {number}", StringComparison.Ordinal)));
        Assert.Equal(content, snapshot.KeyOf(snapshot.Contents.Single()));
        Assert.Equal(TextOf(content), Encoding.UTF8.GetString(snapshot.Outline(snapshot.FindContent(content))));
        Assert.Equal(0, Assert.Single(snapshot.SymbolsNamed("common")).Ordinal);
        Assert.Equal(1, Assert.Single(snapshot.SymbolsNamed(TextOf(content))).Ordinal);
        bool[] isWanted = [.. Enumerable.Repeat(true, snapshot.Contents.Single() + 1)];
        Assert.Equal(1, Assert.Single(snapshot.Rank([new((ulong)content + 1, 1)], isWanted, 5, default)).Unit);
        return content;
    }

    private static Process Start(string folder)
    {
        var program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(IndexKillTests).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. host, "-class", "*.EndlessWriter"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[FolderVariable] = folder;
        return Process.Start(start)!;
    }
}

/// <summary>The process that is killed: a test that never ends, and does nothing unless it is asked to.</summary>
public class EndlessWriter
{
    [Fact]
    public void Commits_UntilKilled()
    {
        if (Environment.GetEnvironmentVariable(IndexKillTests.FolderVariable) is not { } folder) return;
        var engine = IndexKillTests.Engine(folder);
        using var writer = engine.OpenWriter();
        UInt128 next;
        using (var snapshot = engine.Open()) next = snapshot.FileCount == 0 ? 1 : snapshot.File(snapshot.Files.First()).Content + 1;
        // Nobody reads on when the parent is gone, and so many commits take longer than any test.
        for (var commit = 0; commit < 1_000_000; commit++, next++)
        {
            IndexKillTests.Put(writer, next);
            writer.Commit();
            if (commit % 5 == 0) while (writer.Merge(default)) ;
            if (!Directory.Exists(folder)) return;
        }
    }
}
