namespace JobServer.Domain.Notifications;

public enum MessageTemplate
{
    VerifyAddress,
    JobEnded,
    RequestEnded,
    ProjectRolesChanged,
    RemovedFromProject,
    BackendSilent,
    BackendBack,
    TokenExpires,
    TokenRefused,
    ApplicationReceived,
    ApplicationReviewed,
    ApplicationApproved,
    AddedToProject,
    ReleaseRequested,
    ReleaseReturned,
    ReleaseRejected,
    FilesReleased,
    ReleaseCommented,
    PublicationRequested,
    PublicationRejected,
    OutputsPublished,
    OutputsUnpublished,
}
