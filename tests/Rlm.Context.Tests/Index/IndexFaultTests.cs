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
    public void FullDisk_LeavesAWholeGeneration_AndWorkGoesOnWhenThereIsRoom()
    {
        const int steps = 64;
        var whole = new Run(Seed);
        whole.Work();
        for (var step = 0; step < steps; step++)
        {
            var run = new Run(Seed);
            // A commit needs room for what it replaces, so even a disk of the final size may be too small.
            run.Disk.Room = whole.Disk.Used * step / (steps - 16);
            run.Work();
            Assert.True(step > 0 || run.Disk.WasFull);
            Assert.Equal(0, run.Disk.OpenFiles);
            run.CheckIsOneOf($"seed {Seed}, step {step}", run.Engine);
            run.Disk.Room = long.MaxValue;
            run.CheckGoesOn();
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
                run.CheckIsOneOf($"seed {Seed}, power lost at operation {failAt}, variant {loss}", new OwnEngine(run.Disk.AfterPowerLoss(new(loss)), Run.Limits));
            if (run.Disk.Operations <= failAt) return;
        }
    }

    [Theory]
    [InlineData("sync segment", 2)]
    [InlineData("sync segment", 4)]
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
            for (var loss = 0; loss < 50 && !isFound; loss++) isFound = !run.IsOneOf(new OwnEngine(run.Disk.AfterPowerLoss(new(loss)), Run.Limits), out _);
            Assert.True(isFound || run.Disk.Operations > failAt, $"seed {Seed}: {sync} {place} is not needed");
        }
    }

    [Fact]
    public void Commit_CallsInTheOnlyLegalOrder()
    {
        var disk = new SimulatedDisk();
        using var writer = new OwnEngine(disk).OpenWriter();
        disk.Calls.Clear();
        writer.Put(new("a", default, default, IndexedFileFlags.None), [1, 2, 3], []);
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
            if (!run.IsRightOrDamaged(new OwnEngine(run.Disk.With(name, bytes), Run.Limits), missing: bytes is null && name.EndsWith("manifest", StringComparison.Ordinal), out var isFound, out var difference))
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
            var engine = new OwnEngine(run.Disk.With(name, [1, 2, 3]), Run.Limits);
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

    [Fact]
    public void AnyFlippedByte_IsFoundByVerifying()
    {
        var run = new Run(Seed);
        run.Work();
        var random = new Random(Seed);
        var names = run.Disk.Names.Where(name => name.EndsWith("segment", StringComparison.Ordinal)).ToArray();
        for (var round = 0; round < TestScale.Cases(2_000); round++)
        {
            var name = names[random.Next(names.Length)];
            var bytes = run.Disk.BytesOf(name);
            bytes[SomePlace(bytes, random)] ^= (byte)(1 << random.Next(8));
            var engine = new OwnEngine(run.Disk.With(name, bytes), Run.Limits);
            Assert.Throws<IndexDamagedException>(() =>
            {
                using var snapshot = engine.Open();
                snapshot.Verify(default);
            });
        }
        using var good = run.Engine.Open();
        good.Verify(default);
    }

    /// <summary>Bytes whose checksums are right, as a hostile or buggy writer would leave them: one kind of exception comes out, or a wrong answer.</summary>
    [Fact]
    public void ForgedSegment_ThrowsOnlyTheDeclaredException()
    {
        var run = new Run(Seed);
        run.Work();
        var random = new Random(Seed);
        var infos = Manifest.Read(run.Disk, run.Engine.ManifestName).Segments.Select(segment => segment.Info).ToArray();
        var thrown = 0;
        for (var round = 0; round < TestScale.Cases(20_000); round++)
            try
            {
                var info = infos[random.Next(infos.Length)];
                var disk = Forged(run.Disk.BytesOf(run.Engine.SegmentName(info.Id)), random, ref info);
                using var reader = new OwnEngine(disk).OpenSegment(info)!;
                SegmentWalk.All(reader);
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
        var isCommitting = false;
        disk.Before = call =>
        {
            if (call != "open segment" || isCommitting || commits-- == 0) return;
            isCommitting = true;
            Commit((UInt128)(5 - commits));
            isCommitting = false;
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
        string[] foreign = ["own-3.manifest", "own-3.0000000000000001.segment", "own-20.0000000000000001.segment", "trigram-1.manifest", "notes.segment"];
        foreach (var name in foreign) disk.Create(name).Dispose();
        using (var writer = new OwnEngine(disk).StartOver()) writer.Commit();
        Assert.Subset(disk.Names.ToHashSet(), foreign.ToHashSet());
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        if (random.Next(4) == 0) return bytes[..random.Next(bytes.Length)];
        if (random.Next(20) == 0) return [.. bytes, 0];
        for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[SomePlace(bytes, random)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    // Texts and outlines come first and are a small part here, where blocks are mostly filling.
    private static int SomePlace(byte[] bytes, Random random) => random.Next(random.Next(3) == 0 ? Math.Min(100, bytes.Length) : bytes.Length);

    private static SimulatedDisk Forged(byte[] bytes, Random random, ref SegmentInfo info)
    {
        const int block = CheckedWriter.BlockBytes;
        var start = (int)info.BlobBytes;
        var blocks = (bytes.Length - start) / (block + sizeof(uint));
        var last = start + ((blocks - 1) * block);
        for (var flips = random.Next(1, 4); flips > 0; flips--)
        {
            // Footer and records are small parts of their blocks: aim at where something is.
            var at = random.Next(3) switch { 0 => last + random.Next(96), 1 => start + random.Next(10 * FileRecord.Bytes), _ => random.Next(last + block) };
            bytes[at] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(bytes[at] ^ (1 << random.Next(8)));
        }
        var table = bytes.AsSpan(last + block);
        for (var index = 0; index < blocks; index++) BitConverter.TryWriteBytes(table[(index * sizeof(uint))..], Checksum.Of(bytes.AsSpan(start + (index * block), block)));
        info = info with { Seal = Checksum.Of(table), Items = BitConverter.ToInt32(bytes, last + 4) };
        var disk = new SimulatedDisk();
        using (var output = disk.Create(new OwnEngine(disk).SegmentName(info.Id))) output.Write(bytes);
        return disk;
    }

    /// <summary>One session of work on a simulated disk, with an oracle for every generation that it tried to commit.</summary>
    private sealed class Run(int seed)
    {
        // So few that a commit writes several segments.
        public static readonly EngineLimits Limits = new() { MaxPairs = 1_500, MaxPostings = 100 };

        private readonly List<IndexOracle> _states = [new()];
        private int _committed;

        public SimulatedDisk Disk { get; } = new();

        public OwnEngine Engine => field ??= new(Disk, Limits);

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
                        for (var change = 0; change < 8; change++)
                            if (random.Next(3) == 0) next.Contents.Remove(writer, (UInt128)random.Next(8));
                            else if (random.Next(2) == 0) next.Contents.Put(writer, (UInt128)random.Next(8), random);
                            else if (random.Next(5) == 0) next.Remove(writer, $"f{random.Next(12)}");
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
                Assert.True(Disk.FailAt >= 0 || Disk.WasFull, fault.Message);
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
