using JobServer.Data.Modelling;
using JobServer.Domain.Jobs;
using JobServer.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Jobs;

internal sealed class JobRequestMapping : IEntityTypeConfiguration<JobRequest>
{
    public void Configure(EntityTypeBuilder<JobRequest> builder)
    {
        builder.Property(request => request.Identifier).HasMaxLength(JobRequest.IdentifierLength).IsUnicode(false);
        builder.Property(request => request.Branch).HasMaxLength(Workspace.BranchMaxLength);
        builder.Property(request => request.Commit).HasMaxLength(64).IsUnicode(false);
        builder.Property(request => request.SourceDigest).HasMaxLength(64).IsUnicode(false);
        builder.Property(request => request.StatusMessage).HasMaxLength(JobRequest.StatusMessageMaxLength);
        builder.Property(request => request.RequestedActions).HasConversion(new JsonListConverter<string>(), new JsonListComparer<string>());
        builder.Ignore(request => request.JobCount).Ignore(request => request.IsEnded);
        builder.HasIndex(request => request.Identifier).IsUnique();
        builder.HasIndex(request => new { request.WorkspaceId, request.Id });
        builder.HasIndex(request => new { request.BackendId, request.Id });
        builder.HasIndex(request => new { request.BackendId, request.State, request.Id });
        builder.HasIndex(request => new { request.CreatedById, request.Id });
        builder.HasIndex(request => new { request.State, request.Id });
        builder.HasIndex(request => request.RerunOfId);
    }
}
