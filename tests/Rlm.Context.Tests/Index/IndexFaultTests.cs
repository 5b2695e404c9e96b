using Rlm.Context.Index;
using Rlm.Context.Index.Segments;
using Rlm.Context.Search.Planning;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Index;

/// <summary>What may go wrong below <see cref="OwnEngine"/>: failing calls, lost power, damaged and foreign files (RELIABILITY R12 to R15, D03 to D05).</summary>
public class IndexFaultTests
{
    private static readonly int Seed = TestScale.Seed;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryFailingOperation_LeavesAWholeGeneration(bool forEver)
    {
        for (var failAt = 0; ; failAt++)
        {
            var run = new Run(Seed);
            run.Disk.FailAt = failAt;
            run.Disk.FailsForEver = forEver;
            run.Work();
            var failed = run.Disk.Operations > failAt;
            Assert.Equal(0, run.Disk.OpenFiles);
            run.Disk.FailAt = -1;
            run.CheckIsOneOf($"seed {Seed}, operation {failAt} of {run.Disk.Operations}", run.Engine);
            run.CheckGoesOn();
            if (!failed) return;
        }
    }

    [Fact]
    public void LostPower_LeavesAWholeGeneration()
    {
        for (var failAt = 0; ; failAt++)
        {
            var run = new Run(Seed);
            run.Disk.FailAt = failAt;
            run.Disk.FailsForEver = true;
            run.Work();
            for (var loss = 0; loss < TestScale.Cases(100); loss++)
                run.CheckIsOneOf($"seed {Seed}, power lost at operation {failAt}, variant {loss}", new OwnEngine(run.Disk.AfterPowerLoss(new(loss)), Run.MaxPairs));
            if (run.Disk.Operations <= failAt) return;
        }
    }

    [Theory]
    [InlineData("sync segment", 2)]
    [InlineData("sync new", 1)]
    [InlineData("sync folder", 2)]
    [InlineData("sync folder", 3)]
    public void AnySyncLeftOut_IsFoundByLosingPower(string sync, int place)
    {
        var isFound = false;
        for (var failAt = 0; !isFound; failAt++)
        {
            var run = new Run(Seed);
            run.Disk.Omitted = (sync, place);
            run.Disk.FailAt = failAt;
            run.Disk.FailsForEver = true;
            run.Work();
            for (var loss = 0; loss < 50 && !isFound; loss++) isFound = !run.IsOneOf(new OwnEngine(run.Disk.AfterPowerLoss(new(loss)), Run.MaxPairs), out _);
            Assert.True(isFound || run.Disk.Operations > failAt, $"seed {Seed}: {sync} {place} is not needed");
        }
    }

    [Fact]
    public void Commit_CallsInTheOnlyLegalOrder()
    {
        var disk = new SimulatedDisk();
        using var writer = new OwnEngine(disk).OpenWriter();
        writer.Put(new("a", default, default, IndexedFileFlags.None), [1, 2, 3], []);
        disk.Calls.Clear();
        writer.Commit();
        string[] expected = ["create segment", "write segment", "sync segment", "create new", "write new", "sync new", "sync folder", "rename new", "sync folder", "list"];
        Assert.Equal(expected, disk.Calls.Where((call, at) => at == 0 || disk.Calls[at - 1] != call));
    }

    [Fact]
    public void DamagedFile_IsFoundOrHarmless()
    {
        var run = new Run(Seed);
        run.Work();
        var random = new Random(Seed);
        var names = run.Disk.Names.Where(name => !name.EndsWith("lock", StringComparison.Ordinal)).ToArray();
        Assert.True(names.Length > 2);
        int found = 0, cases = TestScale.Cases(20_000);
        for (var round = 0; round < cases; round++)
        {
            var name = names[random.Next(names.Length)];
            var bytes = random.Next(200) == 0 ? null : Damaged(run.Disk.BytesOf(name), random);
            if (!run.IsRightOrDamaged(new OwnEngine(run.Disk.With(name, bytes), Run.MaxPairs), missing: bytes is null && name.EndsWith("manifest", StringComparison.Ordinal), out var isFound, out var difference))
                Assert.Fail($"seed {Seed}, round {round}, {name}: {difference}");
            if (isFound) found++;
        }
        Assert.True(found > cases / 2, $"{found} of {cases} found");
    }

    [Fact]
    public void DamagedIndex_StartsOver()
    {
        var run = new Run(Seed);
        run.Work();
        foreach (var name in run.Disk.Names.ToArray())
        {
            var engine = new OwnEngine(run.Disk.With(name, [1, 2, 3]), Run.MaxPairs);
            var oracle = new IndexOracle();
            using (var writer = engine.StartOver())
            {
                oracle.Put(writer, "only.cs", new(Seed));
                writer.Commit();
            }
            using var snapshot = engine.Open();
            Assert.Null(oracle.Difference(snapshot, new(Seed)));
        }
    }

    /// <summary>Bytes whose checksums are right, as a hostile or buggy writer would leave them: one kind of exception comes out, or a wrong answer.</summary>
    [Fact]
    public void ForgedSegment_ThrowsOnlyTheDeclaredException()
    {
        var run = new Run(Seed);
        run.Work();
        var random = new Random(Seed);
        var name = run.Disk.Names.Where(name => name.EndsWith("segment", StringComparison.Ordinal)).MaxBy(name => run.Disk.BytesOf(name).Length)!;
        var bytes = run.Disk.BytesOf(name);
        var thrown = 0;
        for (var round = 0; round < TestScale.Cases(20_000); round++)
            try
            {
                Walk(Forged(bytes, random, out var info));

                void Walk(SimulatedDisk disk)
                {
                    using var reader = new OwnEngine(disk).OpenSegment(info)!;
                    for (var document = 0; document < reader.Files; document++) reader.File(document);
                    foreach (var entry in reader.Entries())
                    {
                        var postings = reader.Postings(entry);
                        while (postings.Next() >= 0) ;
                    }
                    foreach (var trigram in Trigram.AllOf("alpha beta")) SegmentQuery.Run(reader, TrigramQuery.Of([trigram]));
                }
            }
            catch (IndexDamagedException)
            {
                thrown++;
            }
        Assert.True(thrown > 0);
    }

    [Fact]
    public void Open_DuringACommitThatReplacesAll_SeesTheNewGeneration()
    {
        var disk = new SimulatedDisk();
        var engine = new OwnEngine(disk);
        using var writer = engine.OpenWriter();
        Commit(1);
        var commits = 3;
        disk.Before = call =>
        {
            if (call == "open segment" && commits-- > 0) Commit((UInt128)(5 - commits));
        };
        using var snapshot = engine.Open();
        Assert.Equal((UInt128)5, snapshot.File(snapshot.Files.Single()).Content);

        void Commit(UInt128 content)
        {
            writer.Put(new("a", default, content, IndexedFileFlags.None), [1], []);
            writer.Commit();
        }
    }

    [Fact]
    public void FailedWriter_StaysFailed()
    {
        var disk = new SimulatedDisk();
        using var writer = new OwnEngine(disk).OpenWriter();
        writer.Put(new("a", default, default, IndexedFileFlags.None), [1], []);
        disk.FailAt = disk.Operations;
        Assert.Throws<IOException>(() => writer.Commit());
        // What was to be committed is half gone, so a second try must not look like a success.
        Assert.Throws<IOException>(() => writer.Commit());
        Assert.Throws<IOException>(() => writer.Put(new("b", default, default, IndexedFileFlags.None), [1], []));
        Assert.Throws<IOException>(() => writer.Merge(default));
    }

    [Fact]
    public void LeftOvers_AreDeletedByTheNextWriter()
    {
        var disk = new SimulatedDisk();
        var engine = new OwnEngine(disk);
        using (var writer = engine.OpenWriter())
        {
            writer.Put(new("a", default, default, IndexedFileFlags.None), [1], []);
            writer.Commit();
        }
        disk.Create(engine.SegmentName(7)).Dispose();
        engine.OpenWriter().Dispose();
        Assert.Equal(2, disk.Names.Count());
        using var snapshot = engine.Open();
        Assert.Equal(1, snapshot.FileCount);
    }

    [Fact]
    public void OtherFormats_AreLeftAlone()
    {
        var disk = new SimulatedDisk();
        string[] foreign = ["trigram-2.manifest", "trigram-2.0000000000000001.segment", "trigram-10.0000000000000001.segment", "notes.segment"];
        foreach (var name in foreign) disk.Create(name).Dispose();
        using (var writer = new OwnEngine(disk).StartOver()) writer.Commit();
        Assert.Subset(disk.Names.ToHashSet(), foreign.ToHashSet());
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        if (random.Next(4) == 0) return bytes[..random.Next(bytes.Length)];
        if (random.Next(20) == 0) return [.. bytes, 0];
        for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static SimulatedDisk Forged(byte[] original, Random random, out SegmentInfo info)
    {
        const int block = CheckedWriter.BlockBytes;
        var bytes = original.ToArray();
        var blocks = bytes.Length / (block + sizeof(uint));
        for (var flips = random.Next(1, 4); flips > 0; flips--)
        {
            // Footer and file records are small parts of their blocks: aim at where something is.
            var at = random.Next(3) switch { 0 => ((blocks - 1) * block) + random.Next(48), 1 => random.Next(10 * FileRecord.Bytes), _ => random.Next(blocks * block) };
            bytes[at] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(bytes[at] ^ (1 << random.Next(8)));
        }
        var table = bytes.AsSpan(blocks * block);
        for (var index = 0; index < blocks; index++) BitConverter.TryWriteBytes(table[(index * sizeof(uint))..], Checksum.Of(bytes.AsSpan(index * block, block)));
        var files = BitConverter.ToInt32(bytes, ((blocks - 1) * block) + 4);
        info = new(1, bytes.Length, Checksum.Of(table), files, 0);
        var disk = new SimulatedDisk();
        using (var output = disk.Create(new OwnEngine(disk).SegmentName(1))) output.Write(bytes);
        return disk;
    }

    /// <summary>One session of work on a simulated disk, with an oracle for every generation that it tried to commit.</summary>
    private sealed class Run(int seed)
    {
        // So few that a commit writes several segments.
        public const int MaxPairs = 1_500;

        private readonly List<IndexOracle> _states = [new()];
        private int _committed;

        public SimulatedDisk Disk { get; } = new();

        public OwnEngine Engine => field ??= new(Disk, MaxPairs);

        /// <summary>Writes, merges, reads; stops at the first fault.</summary>
        public void Work()
        {
            var random = new Random(seed);
            try
            {
                for (var opened = 0; opened < 2; opened++)
                {
                    using var writer = Engine.OpenWriter();
                    for (var commit = 0; commit < 6; commit++)
                    {
                        var next = _states[^1].Copy();
                        for (var change = 0; change < 5; change++)
                            if (random.Next(5) == 0) next.Remove(writer, $"f{random.Next(12)}");
                            else next.Put(writer, $"f{random.Next(12)}", random);
                        _states.Add(next);
                        writer.Commit();
                        _committed = _states.Count - 1;
                    }
                    while (writer.Merge(default)) ;
                    using var snapshot = Engine.Open();
                    Assert.Null(_states[^1].Difference(snapshot, new(seed), queries: 3));
                }
            }
            catch (Exception fault) when (fault is IOException or IndexDamagedException)
            {
                Assert.True(Disk.FailAt >= 0, fault.Message);
            }
        }

        public void CheckIsOneOf(string when, OwnEngine engine) => Assert.True(IsOneOf(engine, out var why), $"{when}: {why}");

        /// <summary>The last generation whose commit returned, or the one that was being committed.</summary>
        public bool IsOneOf(OwnEngine engine, out string? why)
        {
            try
            {
                using var snapshot = engine.Open();
                why = null;
                for (var state = _committed; state < _states.Count; state++)
                    if ((why = _states[state].Difference(snapshot, new(seed), queries: 3)) is null) return true;
                return false;
            }
            catch (IndexDamagedException damage)
            {
                why = damage.Message;
                return false;
            }
        }

        public bool IsRightOrDamaged(OwnEngine engine, bool missing, out bool isFound, out string? difference)
        {
            (isFound, difference) = (false, null);
            try
            {
                using var snapshot = engine.Open();
                difference = (missing ? new() : _states[^1]).Difference(snapshot, new(seed), queries: 3);
                return difference is null;
            }
            catch (IndexDamagedException)
            {
                return isFound = true;
            }
        }

        public void CheckGoesOn()
        {
            using (var writer = Engine.OpenWriter())
            {
                writer.Put(new("again", default, default, IndexedFileFlags.None), [1, 2, 3], []);
                writer.Commit();
            }
            using var snapshot = Engine.Open();
            Assert.Contains("again", snapshot.Files.Select(id => snapshot.File(id).Path));
            Assert.Equal(Disk.Names.Count(name => name.EndsWith("segment", StringComparison.Ordinal)), Disk.OpenFiles);
        }
    }
}
