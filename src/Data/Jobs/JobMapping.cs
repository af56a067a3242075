using JobServer.Data.Modelling;
using JobServer.Domain.Agents;
using JobServer.Domain.Jobs;
using JobServer.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Jobs;

internal sealed class JobMapping : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.Property(job => job.Id).HasMaxLength(Job.IdLength).IsUnicode(false);
        builder.Property(job => job.Action).HasMaxLength(Job.ActionMaxLength);
        builder.Property(job => job.Image).HasMaxLength(200);
        builder.Property(job => job.ImageVersion).HasMaxLength(100);
        builder.Property(job => job.ReusableRepository).HasMaxLength(Workspace.RepositoryMaxLength);
        builder.Property(job => job.ReusableCommit).HasMaxLength(64).IsUnicode(false);
        builder.Property(job => job.ReusableDigest).HasMaxLength(64).IsUnicode(false);
        builder.Property(job => job.Arguments).HasConversion(new JsonListConverter<string>(), new JsonListComparer<string>());
        builder.Property(job => job.Outputs).HasConversion(new JsonListConverter<JobOutputSpec>(), new JsonListComparer<JobOutputSpec>());
        builder.Property(job => job.StatusMessage).HasMaxLength(Job.StatusMessageMaxLength);
        builder.Property(job => job.AgentId).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
        builder.Property(job => job.ManifestDigest).HasMaxLength(64).IsUnicode(false);
        builder.Ignore(job => job.IsEnded).Ignore(job => job.Duration);
        builder.HasMany(job => job.Needs).WithOne().HasForeignKey(need => need.JobId);
        builder.HasIndex(job => new { job.JobRequestId, job.Position }).IsUnique();
        builder.HasIndex(job => new { job.JobRequestId, job.Action }).IsUnique();
        builder.HasIndex(job => new { job.WorkspaceId, job.BackendId, job.Action, job.JobRequestId });
        builder.HasIndex(job => new { job.BackendId, job.State, job.JobRequestId, job.Position });
        builder.HasIndex(job => new { job.AgentId, job.State });
        builder.HasIndex(job => new { job.Action, job.JobRequestId });
    }
}
