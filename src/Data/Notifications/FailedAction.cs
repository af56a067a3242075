namespace JobServer.Data.Notifications;

public sealed record FailedAction(string Action, string Message);
