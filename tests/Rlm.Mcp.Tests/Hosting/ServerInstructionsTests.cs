using Rlm.Mcp.Hosting;

namespace Rlm.Mcp.Tests.Hosting;

public class ServerInstructionsTests
{
    [Fact]
    public void Text_IsShort_AndItsFirstParagraphStandsAlone()
    {
        Assert.InRange(ServerInstructions.Text.Length, 1, 1_199);
        Assert.InRange(ServerInstructions.Text.IndexOf("\n\n", StringComparison.Ordinal), 1, 600);
        Assert.DoesNotContain('\r', ServerInstructions.Text);
    }
}
