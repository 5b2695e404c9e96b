using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language;

/// <summary>A host function failed. The program sees a Python exception of the type, or <c>RuntimeError</c> when there is no such exception.</summary>
public sealed class HostCallException(string type, string message) : Exception(message)
{
    /// <summary>The name of the Python exception, such as <c>ValueError</c>.</summary>
    public string Type { get; } = type;
}
