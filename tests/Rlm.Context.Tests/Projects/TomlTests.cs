using Rlm.Context.Projects.Manifests;

namespace Rlm.Context.Tests.Projects;

public class TomlTests
{
    [Theory]
    [InlineData("a = 1\n[t]\nb = \"x # y\" # c\n'c d' = 'e'\n", "a=1 t.b=x # y t.c d=e")]
    [InlineData("a.b = { c = [1, \"2\",], d.e = 3 }", "a.b.c.0=1 a.b.c.1=2 a.b.d.e=3")]
    [InlineData("[[bin]]\nname = \"x\"\n[[bin]]\nname = \"y\"\n[bin.sub]\nz = true\n", "bin.0.name=x bin.1.name=y bin.1.sub.z=true")]
    [InlineData("a = [\n  \"b\", # one\n\n  'c'\n]\n", "a.0=b a.1=c")]
    [InlineData("a = \"\"\"\nx\ny\"\"\"\nb = '''q'''", "a=x\ny b=q")]
    [InlineData("a = \"b\\\"c\"\r\n[ x . y ]\r\nd = 1979-05-27T07:32:00Z\r\n", "a=b\"c x.y.d=1979-05-27T07:32:00Z")]
    [InlineData("", "")]
    public void Values_BearTheirFullKeys(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Toml.Read(text).Select(pair => $"{pair.Key.Replace(Toml.Separator, '.')}={pair.Value}")));

    [Theory]
    [InlineData("a = \n", 1)]
    [InlineData("a = [1, 2\n", 2)]
    [InlineData("x = 1\n= 2\n", 2)]
    [InlineData("a = \"b\n", 1)]
    [InlineData("[a\nb = 1", 1)]
    [InlineData("a = {b = 1 c = 2}", 1)]
    public void BrokenText_IsToldWithItsLine(string text, int line) =>
        Assert.StartsWith($"TOML is broken at line {line}: ", Assert.Throws<FormatException>(() => Toml.Read(text)).Message);

    [Fact]
    public void DeepArrays_AreRefused() => Assert.Throws<FormatException>(() => Toml.Read("a = " + new string('[', 100_000)));
}
