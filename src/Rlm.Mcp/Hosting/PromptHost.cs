using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Rlm.Context;
using Rlm.Mcp.Prompts;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Hosting;

/// <summary>Prompts in the protocol's form.</summary>
internal static class PromptHost
{
    /// <summary>All of them, always the same bytes.</summary>
    public static ListPromptsResult List { get; } = new() { Prompts = [.. PromptSet.Definitions.Select(Describe)] };

    /// <summary>One with its arguments put in, as a message of the user.</summary>
    /// <exception cref="McpProtocolException">The prompt or an argument is wrong, or what it names is not here; the message says what to do.</exception>
    public static GetPromptResult Get(GetPromptRequestParams? request, Func<ContextStore> store, CancellationToken cancellationToken)
    {
        try
        {
            var text = PromptSet.Text(request?.Name ?? "", Arguments(request?.Arguments), store, cancellationToken);
            return new() { Description = PromptSet.Definitions.First(prompt => prompt.Name == request!.Name).Description, Messages = [new() { Role = Role.User, Content = new TextContentBlock { Text = text } }] };
        }
        catch (Exception mistake) when (mistake is ToolException or ContextException)
        {
            throw new McpProtocolException(ToolErrors.Result(mistake, json: false).Text, McpErrorCode.InvalidParams);
        }
    }

    private static Dictionary<string, string> Arguments(IDictionary<string, JsonElement>? given) =>
        (given ?? new Dictionary<string, JsonElement>()).ToDictionary(argument => argument.Key, argument => argument.Value.ValueKind == JsonValueKind.String ? argument.Value.GetString()! : argument.Value.GetRawText(), StringComparer.Ordinal);

    private static Prompt Describe(PromptDefinition prompt) => new()
    {
        Name = prompt.Name, Title = prompt.Title, Description = prompt.Description,
        Arguments = [.. prompt.Arguments.Select(argument => new PromptArgument { Name = argument.Name, Description = argument.Description, Required = argument.IsRequired })],
    };
}
