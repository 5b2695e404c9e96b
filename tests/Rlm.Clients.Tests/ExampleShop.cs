namespace Rlm.Clients.Tests;

/// <summary>The repository that the examples are run on: two C# files with a call between them, two commits, the second on the branch <c>feature</c>; and a home with the server on the PATH.</summary>
internal sealed class ExampleShop : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _bin;

    private ExampleShop()
    {
        Write("src/Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>\n");
        Write("src/Price.cs", "namespace Shop;\n\n/// <summary>Prices with discounts.</summary>\npublic class Price\n{\n    public decimal Discounted(decimal amount, decimal percent)\n    {\n        if (percent > 100) throw new ArgumentException(\"more than all\");\n        return amount - amount * percent / 100;\n    }\n}\n");
        Write("src/Basket.cs", Basket(10));
        _bin = Path.GetDirectoryName(_workspace.Write("bin/here", ""))!;
        File.CreateSymbolicLink(Path.Combine(_bin, "rlm-mcp"), Served.Server);
    }

    public string Folder => _workspace.Repository;

    /// <summary>A trace of a build on another machine.</summary>
    public string Trace => _workspace.Write("trace.txt", "Unhandled exception. System.ArgumentException: more than all\n   at Shop.Price.Discounted(Decimal amount, Decimal percent) in /build/7/src/Price.cs:line 8\n   at Shop.Basket.Total(Decimal amount) in /build/7/src/Basket.cs:line 9\n   at System.Environment.Exit(Int32)\n");

    /// <summary>Skips the test where a part that the examples name is missing.</summary>
    public static async Task<ExampleShop> NewAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the examples are shell scripts, and the server is put on the PATH by a link");
        foreach (var program in (string[])["jq", "git"]) Assert.SkipUnless((await ClientRun.RunAsync("/bin/sh", ["-c", $"command -v {program}"], "/", null, Script.Limit)).Code == 0, $"{program} is not installed");
        var shop = new ExampleShop();
        await shop.GitAsync("init -q -b main . && git add -A && git commit -qm 'shop: prices' && git checkout -q -b feature");
        shop.Write("src/Basket.cs", Basket(110));
        await shop.GitAsync("commit -qam 'shop: more discount'");
        return shop;
    }

    /// <param name="script">Path below <c>examples/</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="more">Variables of its environment.</param>
    public Task<Outcome> RunAsync(string script, string[] arguments, params (string Name, string Value)[] more) => StartAsync("/bin/sh", [Example(script), .. arguments], more);

    /// <summary>Runs a program in the repository, with the server on the PATH.</summary>
    public Task<Outcome> StartAsync(string program, string[] arguments, params (string Name, string Value)[] more) =>
        ClientRun.RunAsync(program, arguments, Folder, _workspace.Environment([("PATH", _bin + ":" + Environment.GetEnvironmentVariable("PATH")), .. more]), Script.Limit);

    public void Dispose() => _workspace.Dispose();

    public static string Example(string path)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Rlm.Mcp.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the sources are not above the tests");
        return Path.Combine(folder, "examples", path);
    }

    private static string Basket(int percent) => $"namespace Shop;\n\npublic class Basket\n{{\n    private readonly Price _price = new();\n\n    public decimal Total(decimal amount)\n    {{\n        return _price.Discounted(amount, {percent});\n    }}\n}}\n";

    private void Write(string path, string text) => _workspace.Write(Path.Combine("pumps", path), text);

    private async Task GitAsync(string command)
    {
        var outcome = await StartAsync("/bin/sh", ["-c", "git " + command], ("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org"), ("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.org"));
        Assert.True(outcome.Code == 0, outcome.Output);
    }
}
