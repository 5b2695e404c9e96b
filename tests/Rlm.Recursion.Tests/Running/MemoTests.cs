using Rlm.Recursion.Running;

namespace Rlm.Recursion.Tests.Running;

public class MemoTests
{
    [Fact]
    public void Kept_ComesBackAfterARestart()
    {
        using var folder = new ScratchFolder();
        foreach (var value in new[] { "", "text\n", "half \ud800 a pair", new string('x', 100_000) })
        {
            Memo.Open(folder.Path).Keep("key " + value, value);
            Assert.Equal(value, Memo.Open(folder.Path).Find("key " + value));
        }
        Assert.Null(Memo.Open(folder.Path).Find("key"));
    }

    [Fact]
    public void KeptAgain_IsReplaced()
    {
        using var folder = new ScratchFolder();
        var memo = Memo.Open(folder.Path);
        memo.Keep("key", "one");
        memo.Keep("key", "two");
        Assert.Equal("two", memo.Find("key"));
    }

    [Fact]
    public void Secrets_AreNotOnTheDisk()
    {
        using var folder = new ScratchFolder();
        Memo.Open(folder.Path).Keep("key", "{\"found\":\"ghp" + "_a7Qxyzab12cdR4z9a7Qxyzab12cdR4z9a7Qx\"}");
        Assert.Equal("{\"found\":\"[redacted api key]\"}", Memo.Open(folder.Path).Find("key"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/dev/null/memo")]
    public void NoFolder_KeepsInMemory(string? folder)
    {
        var memo = Memo.Open(folder);
        memo.Keep("key", "value");
        Assert.Equal("value", memo.Find("key"));
    }

    [Fact]
    public void Files_AreTheOwnersOnly()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new ScratchFolder();
        Memo.Open(folder.Path).Keep("key", "value");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File(".memo")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(folder.File(".memo"))!));
    }

    [Fact]
    public void OverItsSize_OldestGoFirst()
    {
        using var folder = new ScratchFolder();
        var memo = Memo.Open(folder.Path, maxBytes: 100_000);
        for (var at = 0; at < 40; at++)
        {
            memo.Keep($"key {at}", new string('x', 2_000));
            // Files of one tick of the file system's clock have no order; this gives them one.
            File.SetLastWriteTimeUtc(Directory.EnumerateFiles(folder.Path, "*.memo", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!, new(2026, 1, 1, 0, at, 0, DateTimeKind.Utc));
        }
        Assert.True(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) <= 100_000);
        Assert.Equal("xx", memo.Find("key 39")?[..2]);
        var kept = Enumerable.Range(0, 40).Where(at => memo.Find($"key {at}") is not null).ToArray();
        Assert.InRange(kept.Length, 15, 25);
        Assert.Equal(Enumerable.Range(40 - kept.Length, kept.Length), kept);
    }

    [Fact]
    public void ValueBeyondItsSize_IsForgotten()
    {
        using var folder = new ScratchFolder();
        var memo = Memo.Open(folder.Path, maxBytes: 1_000);
        memo.Keep("small", "value");
        memo.Keep("large", new string('x', 1_000));
        Assert.Equal(("value", null), (memo.Find("small"), memo.Find("large")));
    }

    [Fact]
    public void FileOfAnotherKey_IsAMiss()
    {
        using var folder = new ScratchFolder();
        var memo = Memo.Open(folder.Path);
        memo.Keep("one", "value");
        var one = folder.File(".memo");
        memo.Keep("two", "other");
        var two = Directory.EnumerateFiles(folder.Path, "*.memo", SearchOption.AllDirectories).Single(file => file != one);
        File.Copy(one, two, overwrite: true);
        Assert.Equal(("value", null), (memo.Find("one"), memo.Find("two")));
    }

    [Fact]
    public void MutatedFile_IsTheValueOrAMiss()
    {
        using var folder = new ScratchFolder();
        var memo = Memo.Open(folder.Path);
        var value = "{\"items\":[{\"unit\":1,\"value\":\"yes\"}]}";
        memo.Keep("key", value);
        var path = folder.File(".memo");
        var whole = File.ReadAllBytes(path);
        for (var seed = 0; seed < Rounds.Of(20_000); seed++)
        {
            var bytes = Mutation.Of(whole, new(seed));
            File.WriteAllBytes(path, bytes);
            Assert.True(memo.Find("key") == (bytes.AsSpan().SequenceEqual(whole) ? value : null), $"seed {seed}");
        }
    }

    [Fact]
    public void KeptAndFoundByManyAtOnce_IsWholeOrNone()
    {
        using var folder = new ScratchFolder();
        var memos = new[] { Memo.Open(folder.Path, 50_000), Memo.Open(folder.Path, 50_000) };
        Parallel.For(0, 400, at =>
        {
            var (memo, key) = (memos[at % 2], $"key {at % 7}");
            memo.Keep(key, new string((char)('a' + (at % 7)), 3_000));
            var found = memos[(at + 1) % 2].Find(key);
            Assert.True(found is null || found == new string((char)('a' + (at % 7)), 3_000));
        });
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.tmp", SearchOption.AllDirectories));
    }
}
