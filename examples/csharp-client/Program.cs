using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

if (args is not [var folder, var symbol, ..])
{
    Console.Error.WriteLine("usage: Rlm.Examples.Client FOLDER SYMBOL [COMMAND]");
    return 2;
}
await using var client = await McpClient.CreateAsync(new StdioClientTransport(new()
{
    Name = "rlm", Command = args.Length > 2 ? args[2] : "rlm-mcp", Arguments = ["serve", "--root", folder],
}));
var failed = false;
await CallAsync("map", []);
await CallAsync("search", new() { ["pattern"] = symbol.Split('.')[^1] });
await CallAsync("refs", new() { ["symbols"] = new[] { symbol }, ["relation"] = "callers", ["deadline"] = 30 });
if (failed) return 1;
var plan = await client.GetPromptAsync("plan_refactoring", new Dictionary<string, object?> { ["symbol"] = symbol });
foreach (var message in plan.Messages) Console.WriteLine((message.Content as TextContentBlock)?.Text);
return 0;

async Task CallAsync(string tool, Dictionary<string, object?> arguments)
{
    var result = await client.CallToolAsync(tool, arguments);
    failed |= result.IsError == true;
    Console.WriteLine($"== {tool}");
    foreach (var block in result.Content.OfType<TextContentBlock>()) Console.WriteLine(block.Text);
}
