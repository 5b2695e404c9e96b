namespace Rlm.Clients.Tests;

public class SmokeTests
{
    [Fact]
    public void Project_Runs() => Assert.True(true);
}
