using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Search;
using Rlm.Context.Search.Planning;
using Rlm.Context.Tests.Files;
using Rlm.Context.Tests.Search.Planning;

namespace Rlm.Context.Tests.Index;

/// <summary>What every engine promises; each has a class that makes one in a new place.</summary>
public abstract class EngineContract
{
    private protected static readonly int Seed = TestScale.Seed;

    private protected abstract IIndexEngine NewEngine();

    /// <summary>Whether the engine keeps the bytes that are put with a file.</summary>
    private protected virtual bool KeepsTexts => true;

    [Fact]
    public void NewPlace_IsEmpty()
    {
        var engine = NewEngine();
        using var snapshot = engine.Open();
        Assert.Equal(0, snapshot.Generation);
        Assert.Equal(0, snapshot.FileCount);
        Assert.Empty(snapshot.Candidates(TrigramQuery.All));
        Assert.Equal(0, engine.CurrentGeneration());
    }

    [Fact]
    public void SecondWriter_IsBusy_UntilTheFirstIsDisposed()
    {
        var engine = NewEngine();
        using (engine.OpenWriter())
        {
            Assert.Throws<IndexBusyException>(engine.OpenWriter);
            Assert.Throws<IndexBusyException>(engine.StartOver);
        }
        engine.OpenWriter().Dispose();
    }

    [Fact]
    public void Size_IsThatOfWhatWasCommitted()
    {
        var engine = NewEngine();
        Assert.Equal(0, engine.TotalBytes());
        using (var writer = engine.OpenWriter())
        {
            new IndexOracle(KeepsTexts).Put(writer, "a", new(Seed));
            writer.Commit();
        }
        Assert.True(engine.TotalBytes() > 0);
    }

    [Fact]
    public void WhatIsNotCommitted_IsNotSeen()
    {
        var engine = NewEngine();
        var random = new Random(Seed);
        var oracle = new IndexOracle(KeepsTexts);
        using (var writer = engine.OpenWriter())
        {
            oracle.Put(writer, "a", random);
            Assert.Equal(1, writer.Commit());
            Assert.Equal(1, writer.Commit());
            oracle.Copy().Put(writer, "b", random);
            oracle.Copy().Remove(writer, "a");
        }
        Check(engine, oracle, random, "dropped");
    }

    [Fact]
    public void StartOver_KeepsTheOldStateUntilItsCommit()
    {
        var engine = NewEngine();
        var random = new Random(Seed);
        var oracle = new IndexOracle(KeepsTexts);
        using (var writer = engine.OpenWriter())
        {
            oracle.Put(writer, "a", random);
            writer.Commit();
        }
        using var fresh = engine.StartOver();
        Check(engine, oracle, random, "before");
        var generation = engine.CurrentGeneration();
        fresh.Commit();
        Assert.NotEqual(generation, engine.CurrentGeneration());
        Check(engine, new(KeepsTexts), random, "after");
    }

    [Fact]
    public void RandomChanges_FollowTheOracle()
    {
        for (var round = 0; round < TestScale.Cases(100); round++)
        {
            var random = new Random(Seed + round);
            var engine = NewEngine();
            var oracle = new IndexOracle(KeepsTexts);
            for (var opened = 0; opened < 6; opened++)
            {
                using var writer = opened == 4 && random.Next(3) == 0 ? StartedOver(engine, oracle = new(KeepsTexts)) : engine.OpenWriter();
                for (var commit = 0; commit < 4; commit++)
                {
                    for (var change = random.Next(30); change > 0; change--) Change(writer, oracle, random);
                    if (random.Next(3) == 0) while (writer.Merge(default)) Check(engine, oracle, random, "merged");
                    writer.Commit();
                    Check(engine, oracle, random, $"seed {Seed + round}, {opened}.{commit}");
                }
            }
        }
    }

    [Fact]
    public void Candidates_HoldEveryFileThatMatches()
    {
        for (var round = 0; round < TestScale.Cases(60); round++)
        {
            var random = new Random(Seed + round);
            var source = new PatternSource(random);
            var samples = Enumerable.Range(0, 40).Select(_ => source.Next()).Where(pair => IsValid(pair.Pattern)).ToArray();
            var engine = NewEngine();
            using var writer = engine.OpenWriter();
            var texts = samples.Select((pair, index) => (Path: $"f{index}", Text: random.Next(2) == 0 ? pair.Sample : pair.Sample + "\n" + IndexOracle.TextOf(random))).ToArray();
            foreach (var (path, text) in texts) writer.Put(new(path, default, default, IndexedFileFlags.None), [.. Trigram.AllOf(text)], []);
            writer.Commit();
            using var snapshot = engine.Open();
            foreach (var (pattern, _) in samples)
            {
                var query = new TextQuery(pattern, PatternKind.Regex, (PatternCase)random.Next(3));
                if (Matcher(query) is not { } matcher) continue;
                var candidates = snapshot.Candidates(TrigramPlanner.Plan(query)).Select(id => snapshot.File(id).Path).ToHashSet();
                foreach (var (path, text) in texts)
                    Assert.True(candidates.Contains(path) || !Matches(matcher, text), $"seed {Seed + round}: {query} matches '{text}', which is no candidate");
            }
        }
    }

    [Fact]
    public void ContentOutOfBounds_IsRefused()
    {
        using var writer = NewEngine().OpenWriter();
        UnitPosting[][] bad = [[new(1, 1, 1)], [new(1, -1, 1)], [new(1, 0, 0)]];
        foreach (var postings in bad) Assert.Throws<ArgumentException>(() => writer.PutContent(new() { Key = 1, Outline = [], Names = [], UnitCount = 1, Postings = postings }));
        Assert.Throws<ArgumentException>(() => writer.PutContent(new() { Key = 1, Outline = [], Names = [], UnitCount = 2, Postings = new UnitPosting[] { new(1, 1, 1), new(1, 0, 1) } }));
        Assert.False(writer.HasContent(1));
    }

    [Fact]
    public async Task Readers_SeeWholeCommitsOnly()
    {
        const int files = 20;
        var engine = NewEngine();
        var done = false;
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (var last = 0L; !Volatile.Read(ref done);)
            {
                using var snapshot = engine.Open();
                Assert.True(snapshot.Generation >= last);
                last = snapshot.Generation;
                var contents = snapshot.Candidates(TrigramQuery.Of(Trigram.AllOf("content"))).Select(id => snapshot.File(id).Content).ToArray();
                Assert.Equal(snapshot.Generation == 0 ? 0 : files, contents.Length);
                Assert.True(contents.Distinct().Count() <= 1);
            }
        })).ToArray();
        using (var writer = engine.OpenWriter())
            for (var commit = 1; commit <= TestScale.Cases(2_000); commit++)
            {
                for (var file = 0; file < files; file++) writer.Put(new($"f{file}", default, (UInt128)commit, IndexedFileFlags.None), [.. Trigram.AllOf($"content {commit}")], []);
                writer.Commit();
                if (commit % 10 == 0) while (writer.Merge(default)) ;
            }
        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
    }

    private static IEngineWriter StartedOver(IIndexEngine engine, IndexOracle _) => engine.StartOver();

    private static void Change(IEngineWriter writer, IndexOracle oracle, Random random)
    {
        if (random.Next(3) == 0)
        {
            var key = (UInt128)random.Next(20) << 100;
            if (random.Next(4) == 0) oracle.Contents.Remove(writer, key);
            else oracle.Contents.Put(writer, key, random);
            return;
        }
        var path = $"src/{random.Next(40)}.cs";
        if (random.Next(4) == 0) oracle.Remove(writer, path);
        else oracle.Put(writer, path, random);
    }

    private protected static void Check(IIndexEngine engine, IndexOracle oracle, Random random, string when)
    {
        using var snapshot = engine.Open();
        var difference = oracle.Difference(snapshot, random);
        Assert.True(difference is null, $"seed {Seed}, {when}: {difference}");
    }

    private static bool IsValid(string pattern)
    {
        try
        {
            return new Regex(pattern) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static TextMatcher? Matcher(TextQuery query)
    {
        try
        {
            return TextMatcher.Compile(query);
        }
        catch (ContextException)
        {
            return null;
        }
    }

    private static bool Matches(TextMatcher matcher, string text)
    {
        try
        {
            return matcher.Find(FileText.Of(text), default).Count > 0;
        }
        catch (Exception none) when (none is RegexMatchTimeoutException or IndexOutOfRangeException)
        {
            return false;
        }
    }
}
