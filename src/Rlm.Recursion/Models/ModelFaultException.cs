namespace Rlm.Recursion.Models;

/// <summary>A model call that came to nothing, after the retries that its kind allows. What it may have cost is booked.</summary>
/// <param name="kind">What happened.</param>
/// <param name="message">For people; holds no key and no prompt.</param>
/// <param name="inner">Its cause.</param>
public sealed class ModelFaultException(ModelFaultKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What happened.</summary>
    public ModelFaultKind Kind { get; } = kind;

    /// <summary>How long the service asked to be left alone; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the model may have been at work, so that its tokens may have been charged: false for an HTTP error and where nothing was sent.</summary>
    public bool MayHaveCost { get; init; }
}

/// <summary>Kinds of failure, each with its own rule for another try.</summary>
public enum ModelFaultKind
{
    /// <summary>Too many requests, or overloaded: up to two retries, never before Retry-After.</summary>
    Busy,
    /// <summary>The service failed (5xx), or the connection: up to two retries.</summary>
    Unavailable,
    /// <summary>A spending or quota limit of the account: none.</summary>
    Quota,
    /// <summary>The key or its rights (401, 403): none.</summary>
    Denied,
    /// <summary>The request itself (400, 404, 413): none.</summary>
    Refused,
    /// <summary>Silence, or longer than allowed.</summary>
    TimedOut,
    /// <summary>The reply is no valid reply: cut, too large, of a wrong type.</summary>
    Broken,
}
