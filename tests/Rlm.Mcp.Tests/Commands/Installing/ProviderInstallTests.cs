using System.Net;
using System.Net.Sockets;
using Rlm.Context.Outlines.AstGrep;
using Rlm.Mcp.Commands;
using Rlm.Mcp.Commands.Installing;

namespace Rlm.Mcp.Tests.Commands.Installing;

/// <summary>Installing the outline provider from a registry on this machine that hands out something else.</summary>
public class ProviderInstallTests
{
    [Fact]
    public void ArchiveThatIsNotThePinnedOne_IsRefusedAndNothingIsWritten()
    {
        Assert.SkipUnless(AstGrepRelease.ForThisMachine() is not null, "no ast-grep for this machine");
        using var registry = new FakeRegistry();
        using var fixture = new CommandFixture();
        fixture.Variables["npm_config_registry"] = registry.Address;
        Assert.Equal(ExitCodes.NotAvailable, fixture.Run("doctor", "--install"));
        var package = AstGrepRelease.ForThisMachine()!;
        Assert.Equal($"/npm/{package.Name}/-/{package.Name["@ast-grep/".Length..]}-{AstGrepRelease.Version}.tgz", Assert.Single(registry.Asked));
        Assert.Contains("is not the pinned one", fixture.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(fixture.Home, "ast-grep*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Offline_AsksNobody()
    {
        Assert.SkipUnless(AstGrepRelease.ForThisMachine() is not null, "no ast-grep for this machine");
        using var registry = new FakeRegistry();
        using var fixture = new CommandFixture();
        fixture.Variables["npm_config_registry"] = registry.Address;
        Assert.Equal(ExitCodes.NotAvailable, fixture.Run("doctor", "--install", "--offline"));
        Assert.Contains("--offline forbids", fixture.Error, StringComparison.Ordinal);
        Assert.Empty(registry.Asked);
    }

    [Fact]
    public void RegistryThatCannotBeReached_IsOneLine()
    {
        Assert.SkipUnless(AstGrepRelease.ForThisMachine() is not null, "no ast-grep for this machine");
        using var fixture = new CommandFixture();
        fixture.Variables["npm_config_registry"] = "http://127.0.0.1:1/";
        Assert.Equal(ExitCodes.NotAvailable, fixture.Run("doctor", "--install"));
        Assert.Contains("127.0.0.1 cannot be reached", fixture.Error, StringComparison.Ordinal);
        Assert.Single(fixture.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Doctor_SaysThatItIsMissingAndHowToMendIt()
    {
        Assert.SkipUnless(AstGrepRelease.ForThisMachine() is not null, "no ast-grep for this machine");
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.Done, fixture.Run("doctor"));
        Assert.Contains($"since ast-grep {AstGrepRelease.Version} is not installed", fixture.Out, StringComparison.Ordinal);
        Assert.Contains("to mend: rlm-mcp doctor --install", fixture.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, "https://registry.npmjs.org/")]
    [InlineData("registry=https://a.example/npm/\n", null, "https://a.example/npm/")]
    [InlineData("registry = \"https://a.example/npm\"\n", null, "https://a.example/npm/")]
    [InlineData("registry=https://a.example/\n", "https://b.example", "https://b.example/")]
    [InlineData("registry=https://a.example/\n@ast-grep:registry=https://c.example/x\n", "https://b.example", "https://c.example/x/")]
    [InlineData("registry=file:///etc/passwd\n", null, "https://registry.npmjs.org/")]
    [InlineData("; registry=https://a.example/\n//a.example/:_authToken=secret\n", null, "https://registry.npmjs.org/")]
    public void Registry_IsTheOneThatNpmWouldUse(string npmrc, string? variable, string expected)
    {
        using var fixture = new CommandFixture();
        fixture.File("home/.npmrc", npmrc);
        var registry = NpmRegistry.For("@ast-grep/cli-linux-x64-gnu", name => name == "npm_config_registry" ? variable : null, fixture.Home);
        Assert.Equal(expected, registry.Address.ToString());
        Assert.Equal(expected + "@ast-grep/cli-linux-x64-gnu/-/cli-linux-x64-gnu-1.2.3.tgz", registry.Archive("@ast-grep/cli-linux-x64-gnu", "1.2.3").ToString());
    }

    /// <summary>Answers every request with a few bytes.</summary>
    private sealed class FakeRegistry : IDisposable
    {
        private readonly HttpListener _listener = new();

        public FakeRegistry()
        {
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/npm/";
            }
            _listener.Prefixes.Add(Address);
            _listener.Start();
            _listener.BeginGetContext(Answer, null);
        }

        public string Address { get; }

        public List<string> Asked { get; } = [];

        public void Dispose() => _listener.Close();

        private void Answer(IAsyncResult result)
        {
            try
            {
                var context = _listener.EndGetContext(result);
                Asked.Add(context.Request.RawUrl!);
                context.Response.Close("no archive"u8.ToArray(), willBlock: true);
                _listener.BeginGetContext(Answer, null);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is over.
            }
        }
    }
}
