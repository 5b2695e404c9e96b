using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>The wire format of one model API: what a request says, and how a turn of the script looks as its answer.</summary>
internal interface IModelApi
{
    /// <summary>Whether a request to this path speaks it.</summary>
    bool Serves(string path);

    bool Streams(string path, JsonObject request);

    bool OffersTools(JsonObject request);

    /// <summary>How many tool calls the conversation holds.</summary>
    int ToolCalls(JsonObject request);

    /// <summary>What tools said in the conversation, in order.</summary>
    IEnumerable<(string Id, string Text)> ToolResults(JsonObject request);

    ModelReply Reply(JsonObject request, Turn turn, int id, bool streamed);
}
