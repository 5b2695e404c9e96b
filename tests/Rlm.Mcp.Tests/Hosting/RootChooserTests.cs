using Rlm.Mcp.Hosting;

namespace Rlm.Mcp.Tests.Hosting;

public class RootChooserTests
{
    private static readonly RootRequest Nothing = new(null, null, "/home/ann/start", "/home/ann", AllowBroad: false);

    // A file system with these folders; /link leads home, /top leads to /.
    private static readonly RootChooser Chooser = new(path => path.TrimEnd('/') switch
    {
        "" or "/top" => "/",
        "/home/ann" or "/link" => "/home/ann",
        "/home/ann/start" or "/home" or "/work/a b" or "/work/flag" or "/work/claude" => path.TrimEnd('/'),
        _ => null,
    });

    [Fact]
    public void Flag_WinsOverTheClientsProject_WinsOverTheStartFolder()
    {
        Assert.Equal("/work/flag", Chooser.Choose(Nothing with { Flag = "/work/flag", ClientProject = "/work/claude" }).Folder);
        Assert.Equal("/work/claude", Chooser.Choose(Nothing with { Flag = " ", ClientProject = "/work/claude" }).Folder);
        Assert.Equal("/home/ann/start", Chooser.Choose(Nothing).Folder);
    }

    [Fact]
    public void RelativeFlag_StartsAtTheStartFolder() => Assert.Equal("/work/flag", Chooser.Choose(Nothing with { Flag = "../../../work/flag" }).Folder);

    [Theory]
    [InlineData("/")]
    [InlineData("/top")]
    [InlineData("/home/ann")]
    [InlineData("/home/ann/")]
    [InlineData("..")]
    [InlineData("/link")]
    public void BroadRoot_IsRefused_ByEveryName_UnlessAllowed(string root)
    {
        var refused = Chooser.Choose(Nothing with { Flag = root });
        Assert.Null(refused.Folder);
        Assert.Contains("too broad", refused.Refusal, StringComparison.Ordinal);
        Assert.NotNull(Chooser.Choose(Nothing with { Flag = root, AllowBroad = true }).Folder);
    }

    [Theory]
    [InlineData("/link")]
    [InlineData("/home/ann/")]
    public void Home_IsRecognized_ByEveryName(string home) => Assert.Null(Chooser.Choose(Nothing with { Home = home, Flag = "/home/ann" }).Folder);

    [Theory]
    [InlineData("/no/such")]
    [InlineData("bad\0name")]
    public void MissingRoot_IsRefused_AndNotReplacedByAnother(string root)
    {
        Assert.Null(Chooser.Choose(Nothing with { Flag = root, ClientProject = "/work/claude" }).Folder);
        Assert.Null(Chooser.Choose(Nothing with { Flag = root, AllowBroad = true }).Folder);
    }

    [Fact]
    public void NoHome_RefusesOnlyTheTop()
    {
        Assert.Equal("/home/ann", Chooser.Choose(Nothing with { Home = null, Flag = "/home/ann" }).Folder);
        Assert.Null(Chooser.Choose(Nothing with { Home = null, Flag = "/" }).Folder);
    }

    [Theory]
    [InlineData("/work/a b", "file:///work/a%20b")]
    [InlineData("/work/flag", "file:///", "file:///home/ann", "file://localhost/work/flag")]
    [InlineData(null, "file://elsewhere/work/flag", "http://localhost/work/flag", "not a uri", "/work/flag-not", "")]
    [InlineData(null)]
    public void ClientRoots_GiveTheFirstLocalFolderThatIsNotBroad(string? expected, params string[] uris) =>
        Assert.Equal(expected, Chooser.FromClient(uris, Nothing));

    [Fact]
    public void RealPath_ResolvesLinksAnywhereInThePath()
    {
        var top = Directory.CreateTempSubdirectory("rlm-roots-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(top, "real", "inner"));
            Directory.CreateSymbolicLink(Path.Combine(top, "link"), "real");
            Directory.CreateSymbolicLink(Path.Combine(top, "loop"), "loop");
            File.WriteAllText(Path.Combine(top, "file"), "");
            var real = RealPath.Of(top)!;
            Assert.Equal(Path.Combine(real, "real", "inner"), RealPath.Of(Path.Combine(top, "link", "inner") + "/"));
            Assert.Equal(Path.Combine(real, "real"), RealPath.Of(Path.Combine(top, "link")));
            Assert.Null(RealPath.Of(Path.Combine(top, "loop")));
            Assert.Null(RealPath.Of(Path.Combine(top, "file")));
            Assert.Null(RealPath.Of(Path.Combine(top, "nothing")));
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }
    }
}
