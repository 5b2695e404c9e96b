using System.Diagnostics;
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

    [Fact]
    public void KilledWriter_LeavesAWholeGenerationAndNoLock()
    {
        using var folder = new TempFolder();
        var engine = Engine(folder.FullPath);
        var random = new Random(TestScale.Seed);
        var last = UInt128.Zero;
        for (var kill = 0; kill < TestScale.Cases(60); kill++)
        {
            using (var child = Start(folder.FullPath))
            {
                var until = engine.CurrentGeneration() + random.Next(1, 60);
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

    internal static OwnEngine Engine(string folder) => new(new DiskIndexFiles(folder), new() { MaxPairs = 200 });

    private static UInt128 Content(OwnEngine engine)
    {
        using var snapshot = engine.Open();
        Assert.Equal(Files, snapshot.FileCount);
        var content = snapshot.Files.Select(id => snapshot.File(id).Content).Distinct().Single();
        Assert.Equal(Files, snapshot.Candidates(TrigramQuery.Of(Trigram.AllOf($"commit {content}"))).Length);
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
            for (var file = 0; file < IndexKillTests.Files; file++) writer.Put(new($"f{file}", default, next, IndexedFileFlags.None), [.. Trigram.AllOf($"commit {next}")], []);
            writer.Commit();
            if (commit % 5 == 0) while (writer.Merge(default)) ;
            if (!Directory.Exists(folder)) return;
        }
    }
}
