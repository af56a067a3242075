namespace JobServer.Coordinator.Notifications;

internal sealed class OutboxSignal : WakeSignal;
