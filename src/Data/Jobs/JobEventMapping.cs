using JobServer.Domain.Agents;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Jobs;

internal sealed class JobEventMapping : IEntityTypeConfiguration<JobEvent>
{
    public void Configure(EntityTypeBuilder<JobEvent> builder)
    {
        builder.Property(jobEvent => jobEvent.JobId).HasMaxLength(Job.IdLength).IsUnicode(false);
        builder.Property(jobEvent => jobEvent.Message).HasMaxLength(Job.StatusMessageMaxLength);
        builder.Property(jobEvent => jobEvent.AgentId).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
        builder.HasOne<Job>().WithMany().HasForeignKey(jobEvent => jobEvent.JobId);
        builder.HasIndex(jobEvent => new { jobEvent.JobId, jobEvent.Id });
    }
}
