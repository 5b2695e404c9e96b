using Rlm.Context.Search;

namespace Rlm.Context.Tests.Search;

public class SymbolScoreTests
{
    [Theory]
    [InlineData("GetFileName", "GetFileName", 100)]
    [InlineData("getfilename", "GetFileName", 95)]
    [InlineData("GetFile", "GetFileName", 85)]
    [InlineData("GFN", "GetFileName", 75)]
    [InlineData("GeFiNa", "GetFileName", 75)]
    [InlineData("FileName", "GetFileName", 71)]
    [InlineData("GetFielName", "GetFileName", 29)]
    [InlineData("zzz", "GetFileName", 0)]
    [InlineData("hr", "HTTPResponse", 75)]
    public void Name_ScoresByHowItFits(string asked, string name, int expected) => Assert.Equal(expected, SymbolScore.Of(asked, name, name));

    [Fact]
    public void QualifiedName_MustBeHeldInOrder()
    {
        Assert.Equal(100, SymbolScore.Of("Reader.Read", "Read", "Ns.Reader.Read"));
        Assert.True(SymbolScore.Of("Rea.Read", "Read", "Ns.Reader.Read") > SymbolScore.Solid);
        Assert.Equal(0, SymbolScore.Of("Writer.Read", "Read", "Ns.Reader.Read"));
    }
}
