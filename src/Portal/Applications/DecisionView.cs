using JobServer.Domain.Applications;

namespace JobServer.Portal.Applications;

/// <summary>A decision, and who gave it.</summary>
/// <param name="Given">All empty while nobody gave it.</param>
/// <param name="By">A name; empty while nobody gave it.</param>
internal sealed record DecisionView(ReviewerDecision Given, string By);
