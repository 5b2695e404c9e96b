using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Hosting;

/// <summary>What clients may attach to a conversation: the overview, a file, a session. Each is what the tool of that matter answers, with its jail, its limits and its errors.</summary>
internal static class ResourceHost
{
    private const string Overview = "repo://overview", FilePrefix = "repo://file/", SessionPrefix = "session://";

    /// <summary>What there always is.</summary>
    public static ListResourcesResult List { get; } = new() { Resources = [new() { Uri = Overview, Name = "overview", Title = "Overview of the repository", Description = "Folders with sizes, languages and most used types.", MimeType = "text/plain" }] };

    /// <summary>What is named by a path or id.</summary>
    public static ListResourceTemplatesResult Templates { get; } = new()
    {
        ResourceTemplates =
        [
            new() { UriTemplate = FilePrefix + "{+path}", Name = "file", Title = "A file of the repository", Description = "Its text, with line numbers; of one that is too long the outline and first lines.", MimeType = "text/plain" },
            new() { UriTemplate = SessionPrefix + "{id}", Name = "session", Title = "A recurse session", Description = "Its state, answer, citations, coverage and cost.", MimeType = "text/plain" },
        ],
    };

    /// <summary>One of them.</summary>
    /// <exception cref="McpProtocolException">There is none under this URI.</exception>
    public static ReadResourceResult Read(string? uri, ToolRegistry tools, ToolContext context, CancellationToken cancellationToken)
    {
        var (tool, arguments) = Call(uri) ?? throw new McpProtocolException($"No resource has the URI '{uri}'. There are: {Overview}, {FilePrefix}PATH, {SessionPrefix}ID.", McpErrorCode.ResourceNotFound);
        var result = ToolRegistry.Call(tools.Find(tool)!, arguments, context, cancellationToken);
        if (result.IsError) throw new McpProtocolException(result.Text, McpErrorCode.ResourceNotFound);
        return new() { Contents = [new TextResourceContents { Uri = uri!, MimeType = "text/plain", Text = result.Text }] };
    }

    private static (string Tool, IEnumerable<KeyValuePair<string, JsonElement>> Arguments)? Call(string? uri)
    {
        if (uri == Overview) return ("map", []);
        if (uri?.StartsWith(FilePrefix, StringComparison.Ordinal) == true && uri.Length > FilePrefix.Length) return ("read", [Argument("targets", Uri.UnescapeDataString(uri[FilePrefix.Length..])), Argument("unit", "file")]);
        if (uri?.StartsWith(SessionPrefix, StringComparison.Ordinal) == true && uri.Length > SessionPrefix.Length) return ("session", [Argument("id", Uri.UnescapeDataString(uri[SessionPrefix.Length..]))]);
        return null;
    }

    private static KeyValuePair<string, JsonElement> Argument(string name, string value) => KeyValuePair.Create(name, JsonSerializer.SerializeToElement(value));
}
