namespace JobServer.Coordinator.Notifications;

internal sealed class NoticeSignal : WakeSignal;
