using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Jobs;

internal sealed class JobNeedMapping : IEntityTypeConfiguration<JobNeed>
{
    public void Configure(EntityTypeBuilder<JobNeed> builder)
    {
        builder.HasKey(need => new { need.JobId, need.NeededJobId });
        builder.Property(need => need.JobId).HasMaxLength(Job.IdLength).IsUnicode(false);
        builder.Property(need => need.NeededJobId).HasMaxLength(Job.IdLength).IsUnicode(false);
        builder.Property(need => need.Action).HasMaxLength(Job.ActionMaxLength);
        builder.HasOne(need => need.NeededJob).WithMany().HasForeignKey(need => need.NeededJobId);
        builder.HasIndex(need => need.NeededJobId);
    }
}
