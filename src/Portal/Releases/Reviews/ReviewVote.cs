using JobServer.Domain.Releases.Requests;

namespace JobServer.Portal.Releases.Reviews;

/// <summary>What one checker decided.</summary>
internal sealed record ReviewVote(int CheckerId, string Checker, bool IsApproval, ReviewReason? Reason, string Comment, int Turn, DateTimeOffset At);
