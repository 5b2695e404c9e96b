namespace Rlm.Context.History.Objects;

/// <summary>A commit.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Tree">Its tree.</param>
/// <param name="Parents">Its parents as it names them; in a shallow clone they may be missing.</param>
/// <param name="Author">Who wrote it, name only.</param>
/// <param name="Email">Of the author.</param>
/// <param name="Date">When it was written, in the author's time zone.</param>
/// <param name="CommitTime">When it was committed, seconds since 1970 UTC; what logs are ordered by.</param>
/// <param name="Subject">The first paragraph of the message on one line.</param>
/// <param name="Message">All of the message.</param>
public sealed record CommitInfo(GitId Id, GitId Tree, IReadOnlyList<GitId> Parents, string Author, string Email, DateTimeOffset Date, long CommitTime, string Subject, string Message);
