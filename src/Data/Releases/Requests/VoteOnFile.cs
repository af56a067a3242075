using JobServer.Domain.Releases.Requests;

namespace JobServer.Data.Releases.Requests;

/// <summary>What a checker decides on a file.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Turn">As the page shows it: what was submitted anew meanwhile is another thing.</param>
/// <param name="FileId">The file of the request.</param>
/// <param name="CheckerId">Who decides.</param>
/// <param name="IsApproval">Whether it may leave.</param>
/// <param name="Reason">Of a rejection.</param>
/// <param name="Comment">For the author and the other checker; may be empty.</param>
public sealed record VoteOnFile(int RequestId, int Turn, long FileId, int CheckerId, bool IsApproval, ReviewReason? Reason, string Comment);
