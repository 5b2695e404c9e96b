using System.Text;
using Rlm.Context.Files;
using Rlm.Context.Files.Portable;

namespace Rlm.Context.Tests.Files;

public class FileReaderTests
{
    public static TheoryData<bool> Forms => [false, true];

    private static ContextOptions Options(TempFolder folder) => new() { Root = folder.FullPath, MaxFileBytes = 64 << 10 };

    [Theory, MemberData(nameof(Forms))]
    public void Read_GivesTextStampAndRealPath(bool portable)
    {
        using var folder = new TempFolder().Write("d/a", "héllo").Link("link", "d/a");
        using var root = RootFolder.OpenRoot(folder.FullPath, portable);
        var read = new FileReader(root, Options(folder)).Read(new("link"));
        Assert.Equal(("héllo", "d/a", false, false), (read.Text!.Text, read.RealPath.Value, read.Changed, read.IsBinary));
        Assert.Equal(root.Stat(new("d/a")), read.Stamp);
    }

    [Theory, MemberData(nameof(Forms))]
    public void Secret_IsRefusedUnderEveryName(bool portable)
    {
        using var folder = new TempFolder().Write("d/.env", "KEY").Link("innocent.txt", "d/.env").Link("e", "d").Write("d/b", "x").Link("id_rsa", "d/b");
        using var root = RootFolder.OpenRoot(folder.FullPath, portable);
        var reader = new FileReader(root, Options(folder));
        foreach (var path in new[] { "d/.env", "innocent.txt", "e/.env", "./d/../d//.env", "id_rsa" })
        {
            byte[] buffer = [];
            Assert.Equal(RootAccessFault.Secret, Assert.Throws<RootAccessException>(() => reader.Read(new(path))).Fault);
            Assert.Equal(RootAccessFault.Secret, Assert.Throws<RootAccessException>(() => reader.ReadInto(ref buffer, new(path), out _)).Fault);
            Assert.Equal(RootAccessFault.Secret, Assert.Throws<RootAccessException>(() => reader.OpenLarge(new(path))).Fault);
        }
        var opened = new FileReader(root, new() { Root = folder.FullPath, AllowedSecrets = ["d/.env"] });
        Assert.Equal("KEY", opened.Read(new("innocent.txt")).Text!.Text);
    }

    [Theory, MemberData(nameof(Forms))]
    public void AboveTheLimit_ThereIsNoText(bool portable)
    {
        using var folder = new TempFolder().Write("at", new byte[64 << 10]).Write("above", new byte[(64 << 10) + 1]);
        using var root = RootFolder.OpenRoot(folder.FullPath, portable);
        var reader = new FileReader(root, Options(folder));
        byte[] buffer = [];
        Assert.Equal(64 << 10, reader.ReadInto(ref buffer, new("at"), out _));
        Assert.Equal(-1, reader.ReadInto(ref buffer, new("above"), out var stamp));
        Assert.Equal((64 << 10) + 1, stamp.Bytes);
        Assert.Null(reader.Read(new("above")).Text);
        Assert.True(reader.Read(new("at")).IsBinary);
    }

    [Theory, MemberData(nameof(Forms))]
    public void ReadInto_GrowsTheBufferAndKeepsIt(bool portable)
    {
        using var folder = new TempFolder().Write("empty", "").Write("a", "hello").Write("b", new string('x', 10_000));
        using var root = RootFolder.OpenRoot(folder.FullPath, portable);
        var reader = new FileReader(root, Options(folder));
        byte[] buffer = [];
        Assert.Equal(0, reader.ReadInto(ref buffer, new("empty"), out _));
        Assert.Equal(10_000, reader.ReadInto(ref buffer, new("b"), out _));
        var kept = buffer;
        Assert.Equal(5, reader.ReadInto(ref buffer, new("a"), out var stamp));
        Assert.Same(kept, buffer);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, 5));
        Assert.Equal(root.Stat(new("a")), stamp);
    }

    [Fact]
    public void ReadInto_AllocatesNothing()
    {
        using var folder = new TempFolder().Write("folder/.hidden/file.cs", "hello");
        using var root = RootFolder.OpenRoot(folder.FullPath);
        if (root is PortableRootFolder) Assert.Skip("only the native form is made for this");
        var reader = new FileReader(root, Options(folder));
        var buffer = new byte[4096];
        var path = new RepoPath("folder/.hidden/file.cs");
        for (var i = 0; i < 100; i++) reader.ReadInto(ref buffer, path, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) reader.ReadInto(ref buffer, path, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    /// <summary>RELIABILITY T24: the second look at the handle, after the bytes, finds another stamp.</summary>
    [Theory]
    [InlineData(1, false, "old+")]
    [InlineData(2, true, "old++")]
    [InlineData(9, true, "old++")]
    public void FileWrittenToWhileItIsRead_IsReadOnceMoreAndThenFlagged(int writes, bool changed, string text)
    {
        using var folder = new TempFolder().Write("a", "old");
        var looks = 0;
        using var root = PortableRootFolder.Open(folder.FullPath, new HookedCalls(call =>
        {
            if (call == nameof(IFileCalls.StatHandle) && ++looks % 2 == 0 && looks / 2 <= writes) File.AppendAllText(folder.At("a"), "+");
        }));
        byte[] buffer = [];
        var length = new FileReader(root, Options(folder)).ReadInto(ref buffer, new("a"), out var stamp, out var flagged);
        Assert.Equal(changed, flagged);
        Assert.Equal(text[..(changed ? ^1 : ^0)], Encoding.UTF8.GetString(buffer, 0, length));
        Assert.Equal(text.Length, stamp.Bytes);
    }

    [Fact]
    public void RandomTree_BothFormsReadTheSame()
    {
        var random = new Random(TestScale.Seed);
        using var folder = new TempFolder();
        for (var i = 0; i < 50; i++)
        {
            var bytes = new byte[random.Next(20_000)];
            random.NextBytes(bytes);
            folder.Write($"d{i % 7}/f{i}", bytes);
        }
        using var native = RootFolder.OpenRoot(folder.FullPath);
        using var portable = RootFolder.OpenRoot(folder.FullPath, portable: true);
        byte[] one = [], two = [];
        for (var i = 0; i < 50; i++)
        {
            var path = new RepoPath($"d{i % 7}/f{i}");
            var length = new FileReader(native, Options(folder)).ReadInto(ref one, path, out var stamp);
            Assert.Equal(length, new FileReader(portable, Options(folder)).ReadInto(ref two, path, out var other));
            Assert.Equal(stamp, other);
            Assert.True(one.AsSpan(0, length).SequenceEqual(File.ReadAllBytes(folder.At(path.Value))) && two.AsSpan(0, length).SequenceEqual(one.AsSpan(0, length)));
        }
    }
}
