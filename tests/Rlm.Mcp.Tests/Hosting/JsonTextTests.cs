using System.Text;
using Rlm.Mcp.Hosting;

namespace Rlm.Mcp.Tests.Hosting;

public class JsonTextTests
{
    [Theory]
    [InlineData("""{"a":[1,"x\u00e9\ud83d\ude00",null]}""")]
    [InlineData("  5  ")]
    public void WellFormed_HasNoFault(string text) => Assert.Null(JsonText.Fault(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("""{"a":}""", "not valid JSON")]
    [InlineData("""{"a":1} {"b":2}""", "not valid JSON")]
    [InlineData("""{"a":"\ud800"}""", "surrogate")]
    [InlineData("""{"\udc00":1}""", "surrogate")]
    [InlineData("", "not valid JSON")]
    public void Broken_SaysHow(string text, string expected) => Assert.Contains(expected, JsonText.Fault(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void BytesThatAreNoUtf8_SaySo() => Assert.Contains("UTF-8", JsonText.Fault([(byte)'"', 0xff, (byte)'"']), StringComparison.Ordinal);

    [Fact]
    public void Depth_64IsLegal_65IsNot()
    {
        Assert.Null(JsonText.Fault(Nested(64)));
        Assert.Contains("deeper than 64", JsonText.Fault(Nested(65)), StringComparison.Ordinal);
        Assert.Contains("deeper than 64", JsonText.Fault(Nested(1_000_000)), StringComparison.Ordinal);
    }

    private static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
}
