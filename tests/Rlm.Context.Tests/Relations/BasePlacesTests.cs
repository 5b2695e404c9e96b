using Rlm.Context.Files;
using Rlm.Context.Relations;
using Rlm.Context.Relations.CSharp;

namespace Rlm.Context.Tests.Relations;

public class BasePlacesTests
{
    [Theory]
    [InlineData("class A : X { }")]
    [InlineData("class A : B, N.X<int> where T : B { }")]
    [InlineData("record A(int I) : X(I);")]
    [InlineData("class A :\n#if Q\n  X,\n#endif\n  B { }")]
    [InlineData("class A : // why\n  X\n{ }")]
    [InlineData("class A : /* why */ X where T : B { }")]
    [InlineData("class A : global::X { }")]
    [InlineData("interface I : B<C>, X { }")]
    [InlineData("class A : X // why\n{ }")]
    public void BaseList_IsNeverPassedOver(string source)
    {
        var text = FileText.Of(source);
        var places = WordPlaces.Of(source, ["X"]);
        Assert.Contains(CSharpUses.Read(text, false, places, CancellationToken.None), use => use.Kind == SiteKinds.Base);
        Assert.True(BasePlaces.MayHold(source, places));
    }

    [Theory]
    [InlineData("class A { void M(int a, X x) { X y = new X(); F(a, X.B); } }")]
    [InlineData("class A { Dictionary<int, X> d; X P => null; }")]
    public void OtherUses_NeedNoParser(string source) => Assert.False(BasePlaces.MayHold(source, WordPlaces.Of(source, ["X"])));
}
