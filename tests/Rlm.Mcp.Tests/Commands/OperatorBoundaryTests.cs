using Rlm.Mcp.Commands;

namespace Rlm.Mcp.Tests.Commands;

public class OperatorBoundaryTests
{
    [Fact]
    public void Boundaries_AreReadWithTheirBackEnds()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.Done, fixture.Run("probe", "x", "--boundary", "a=src | lib", "--boundary", "b-2=lang:csharp;local-only", "--boundary=c=x;openai:m@http://h/v1", "--allow", "a, c", "--allow", "a,b-2"));
        var options = fixture.Settings!.Recursion;
        Assert.Equal("a = src | lib; b-2 = lang:csharp; c = x", string.Join("; ", options.Boundaries.Select(item => $"{item.Key} = {item.Value}")));
        Assert.Equal("b-2 = local-only; c = openai:m@http://h/v1", string.Join("; ", options.BoundaryBackEnds.Select(item => $"{item.Key} = {item.Value}")));
        Assert.Equal([["a", "c"], ["a", "b-2"]], options.Allowed);
    }

    [Theory]
    [InlineData("is no boundary", "--boundary", "src")]
    [InlineData("is no boundary", "--boundary", "a b=src")]
    [InlineData("has no scope", "--boundary", "a=")]
    [InlineData("has no scope", "--boundary", "a=;host")]
    [InlineData("named sets, which any caller may write", "--boundary", "a=src | @s")]
    [InlineData("\"auto\" is neither local-only nor a back end", "--boundary", "a=src;auto")]
    [InlineData("\"\" is neither local-only nor a back end", "--boundary", "a=src;")]
    [InlineData("a is given twice", "--boundary", "a=src", "--boundary", "a=lib")]
    [InlineData("there is no boundary \"b\"", "--boundary", "a=src", "--allow", "a,b")]
    [InlineData("there is no boundary \"a\"", "--allow", "a")]
    public void BadBoundary_IsRefused(string expected, params string[] flags)
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.BadUsage, fixture.Run(["probe", "x", .. flags]));
        Assert.Contains(expected, fixture.Error);
    }
}
