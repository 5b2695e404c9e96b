using Rlm.Context.Files;
using Rlm.Context.Relations;
using Rlm.Context.Relations.CSharp;

namespace Rlm.Context.Tests.Relations;

/// <summary>Roles of the name X in C#, in file order; mentions included.</summary>
public class CSharpUsesTests
{
    [Theory]
    [InlineData("class X : B { X() { } }", "declaration declaration")]
    [InlineData("class C : X, I<X> { }", "base type")]
    [InlineData("class C { void X() { } void M() { X(); this.X(); a?.X(); a.X<int>(); } }", "declaration invoke invoke invoke invoke")]
    [InlineData("class C { override string X() => \"\"; }", "override")]
    [InlineData("class C { int X; void M() { X = 1; X += 2; X++; --X; var y = X; F(out X); F(ref X); (X, y) = z; } }", "declaration write write write write read write write write")]
    [InlineData("class C { object M() => new X(new List<X>(), new X[1], (X)null, typeof(X), nameof(X), nameof(N.X), default(X)); }", "construct type type type typeof nameof nameof type")]
    [InlineData("[X] class C { [return: N.X(P = 1)] [Q(X = 2)] void M() { } }", "attribute attribute write")]
    [InlineData("using X; using A = N.X; using static X;", "import import import")]
    [InlineData("class C { void M(X x) { F(X: 1); if (o is X y || o is X) { } try { } catch (X) { } X.S(); } X P { get; } }", "type argument type type type read type")]
    [InlineData("class C { void M() { var f = X; a.Select(X); a.X.Y(); var q = new { X = 1 }; var o = new T { X = 1 }; } }", "read read read declaration write")]
    [InlineData("/// <see cref=\"X\"/> and <see cref=\"A.X(int)\"/> X\nclass C { string s = \"X\"; // X\n/* X */ string t = $\"{X} X\"; }", "cref cref mention mention mention mention read mention")]
    [InlineData("#if A\nclass X { }\n#else\nclass Y : X { }\n#endif\n", "declaration base")]
    [InlineData("class C { int @X; void M() { @X = 1; } int XX, X1; }", "declaration write")]
    [InlineData("var X = 1; F(X);", "declaration read")]
    [InlineData("interface I { void M() where T : X; } class C : I { void X.M() { } }", "type type")]
    public void Roles_AreThoseOfTheTree(string source, string expected) => Assert.Equal(expected, Kinds(source));

    [Fact]
    public void NestingBeyondTheParser_StaysAWord()
    {
        var source = "class C { int M() => " + new string('(', 3_000) + "X" + new string(')', 3_000) + "; void X() { } }";
        Assert.Equal("unknown declaration", Kinds(source));
    }

    [Fact]
    public void BrokenCode_StillHasRoles() => Assert.Equal("declaration invoke", Kinds("class { void X( { } void M() { X(); "));

    [Theory]
    [InlineData("#region X\n ) X ) \n#endregion", 1)]
    [InlineData("class A { } } ) X 'G' X", 0)]
    [InlineData("( \n@X ref X 'G'", 0)]
    public void CodeThatRecoverySkips_IsNoComment(string source, int mentions) => Assert.Equal(mentions, Kinds(source).Split(' ').Count(kind => kind == "mention"));

    [Fact]
    public void ReadAll_GivesCallsOfSomeLines()
    {
        var text = FileText.Of("class C {\nvoid M() {\n  A(); new B().D(E);\n}\nvoid N() { F(); }\n}\n");
        var uses = CSharpUses.ReadAll(text, false, new(2, 4), CancellationToken.None);
        Assert.Equal(["M declaration", "A invoke", "B construct", "D invoke", "E read"], uses.Select(use => $"{use.Name} {use.Kind}"));
    }

    private static string Kinds(string source)
    {
        var text = FileText.Of(source);
        return string.Join(' ', CSharpUses.Read(text, false, WordPlaces.Of(source, ["X"]), CancellationToken.None).Select(use => use.Kind));
    }
}
