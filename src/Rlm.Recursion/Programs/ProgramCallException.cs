namespace Rlm.Recursion.Programs;

/// <summary>A host call failed: becomes an exception in the program.</summary>
/// <param name="type">A Python exception, such as <c>LookupError</c> or <c>TypeError</c>.</param>
/// <param name="message">Code word first, as tools tell it.</param>
public sealed class ProgramCallException(string type, string message) : Exception(message)
{
    /// <summary>The Python exception.</summary>
    public string Type { get; } = type;
}
