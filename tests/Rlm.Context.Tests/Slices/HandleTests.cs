using Rlm.Context.Files;
using Rlm.Context.Slices;

namespace Rlm.Context.Tests.Slices;

public sealed class HandleTests : IDisposable
{
    private readonly TempFolder _folder = new TempFolder().Write("a.txt", "one\ntwo\nthree\nfour\n").Write("b:1-2.txt", "odd\n").Write("c.txt:3", "line named\n").Write("dir/a.txt", "other\n");
    private readonly ContextStore _store;

    public HandleTests() => _store = new(new ContextOptions { Root = _folder.FullPath });

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("a.txt", "a.txt:1-4")]
    [InlineData("./a.txt", "a.txt:1-4")]
    [InlineData("a.txt:2", "a.txt:2-2")]
    [InlineData("a.txt:2-3", "a.txt:2-3")]
    [InlineData("a.txt:2:5", "a.txt:2-2")]
    [InlineData("a.txt:3-99", "a.txt:3-4")]
    [InlineData("a.txt#L2-L3", "a.txt:2-3")]
    [InlineData("b:1-2.txt", "b:1-2.txt:1-1")]
    [InlineData("c.txt:3", "c.txt:3:1-1")]
    public void Target_MeansTheseLines(string target, string expected)
    {
        var found = Assert.Single(Resolve(target));
        Assert.Equal(expected, $"{found.Text.Path.Value}:{found.Range}");
    }

    [Theory]
    [InlineData("a.txt:9", ContextFault.OutOfRange)]
    [InlineData("a.txt:0", ContextFault.OutOfRange)]
    [InlineData("a.txt:3-2", ContextFault.OutOfRange)]
    [InlineData("dir", ContextFault.BadArgument)]
    [InlineData("nope.cs", ContextFault.UnknownPath)]
    [InlineData("nope/at/all", ContextFault.UnknownPath)]
    [InlineData("../../etc/passwd", ContextFault.OutsideRoot)]
    [InlineData("NoSuchSymbolHere", ContextFault.UnknownSymbol)]
    [InlineData("a.txt:1-2@00000000", ContextFault.OutOfRange)]
    [InlineData("@nosuch", ContextFault.UnknownSet)]
    public void BadTarget_IsRefused(string target, ContextFault fault) => Assert.Equal(fault, Assert.Throws<ContextException>(() => Resolve(target)).Fault);

    [Fact]
    public void Handle_FollowsTextThatMoved_AndOnlyThat()
    {
        var handle = Handle.Of(new("a.txt"), new(2, 3), "two\nthree\n");
        Assert.Null(Resolve(handle.ToString())[0].Moved);
        _folder.Write("a.txt", "zero\nhalf\none\ntwo\nthree\nfour\n");
        var moved = Assert.Single(Resolve(handle.ToString()));
        Assert.Equal((new LineRange(4, 5), MoveReason.Content), (moved.Range, moved.Moved!.Reason));
        _folder.Write("a.txt", "zero\ntwo\nand a\nthree\n");
        Assert.Equal(ContextFault.OutOfRange, Assert.Throws<ContextException>(() => Resolve(handle.ToString())).Fault);
    }

    [Fact]
    public void Handle_OfTheNearestCopy_IsTaken()
    {
        _folder.Write("a.txt", "x\nx2\nx3\nsame\nx4\nx5\nsame\nx6\n");
        var handle = Handle.Of(new("a.txt"), new(6, 6), "same\n");
        Assert.Equal(new LineRange(7, 7), Assert.Single(Resolve(handle.ToString())).Range);
    }

    private IReadOnlyList<Target> Resolve(string target) => _store.Targets.Resolve(target, _store.Current(null, default), default);
}
