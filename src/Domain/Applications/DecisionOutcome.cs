namespace JobServer.Domain.Applications;

public enum DecisionOutcome
{
    Approve,
    Reject,
}
