using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Indexing;
using Rlm.Context.History.Objects;
using Rlm.Context.Index.Storage;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.History;

public class CommitIndexFileTests
{
    [Fact]
    public void Index_ReadBack_IsTheSame()
    {
        var index = Some(new Random(1), 200);
        var files = new MemoryIndexFiles();
        new CommitIndexFile(files).Write(index);
        var read = new CommitIndexFile(files).Read()!;
        Assert.Equal(index.Columns.Ids, read.Columns.Ids);
        Assert.Equal(index.Columns.Paths, read.Columns.Paths);
        for (var place = 0; place < index.Count; place++)
        {
            Assert.Equal(index.Node(place).Parents, read.Node(place).Parents);
            Assert.Equal(index.PathsOf(place), read.PathsOf(place));
        }
        Assert.Equal(index.Of(new RepoPath("src/3.cs")).ByCommit, read.Of(new RepoPath("src/3.cs")).ByCommit);
        Assert.Equal(200, new CommitIndexFile(files).Glance().Commits);
    }

    [Fact]
    public void DamagedFile_CountsAsNotThere()
    {
        var random = new Random(TestScale.Seed);
        var files = new MemoryIndexFiles();
        new CommitIndexFile(files).Write(Some(random, 40));
        var bytes = All(files);
        for (var round = 0; round < TestScale.Cases(2_000); round++)
        {
            var damaged = random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
            if (damaged.Length == bytes.Length) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            var other = new MemoryIndexFiles();
            using (var output = other.Create("commits")) output.Write(damaged);
            Assert.Null(new CommitIndexFile(other).Read());
        }
    }

    [Fact]
    public void CommitsAddedInSteps_AreThoseAddedAtOnce()
    {
        var records = Records(new Random(3), 60);
        var steps = CommitIndexWriter.Add(CommitIndexWriter.Add(CommitIndex.Empty, records[..25]), records[20..]);
        var once = CommitIndexWriter.Add(CommitIndex.Empty, records);
        Assert.Equal(once.Count, steps.Count);
        foreach (var record in records)
        {
            Assert.Equal(record.Node.Parents, steps.Node(steps.Find(record.Node.Id)).Parents);
            Assert.Equal(record.Changes.Select(change => change.Path), steps.PathsOf(steps.Find(record.Node.Id)).Select(path => path.Value));
        }
    }

    private static CommitIndex Some(Random random, int count) => CommitIndexWriter.Add(CommitIndex.Empty, Records(random, count));

    private static List<CommitRecord> Records(Random random, int count) => [.. Enumerable.Range(0, count).Select(number => new CommitRecord(
        new(Id(number), Id(number + 100_000), [.. Enumerable.Range(0, random.Next(3)).Select(_ => Id(number + 1 + random.Next(5)))], 1_700_000_000 - number),
        [.. Enumerable.Range(0, random.Next(6)).Select(_ => ($"src/{random.Next(9)}.cs", (byte)random.Next(4))).DistinctBy(change => change.Item1)]))];

    private static GitId Id(int number)
    {
        var raw = new byte[GitId.Bytes];
        BitConverter.TryWriteBytes(raw, number);
        return new(raw);
    }

    private static byte[] All(MemoryIndexFiles files)
    {
        using var file = files.Open("commits")!;
        var bytes = new byte[file.Length];
        for (var at = 0; at < bytes.Length;) at += file.Read(bytes.AsSpan(at), at);
        return bytes;
    }
}
