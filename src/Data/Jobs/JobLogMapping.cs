using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Jobs;

internal sealed class JobLogMapping : IEntityTypeConfiguration<JobLog>
{
    public void Configure(EntityTypeBuilder<JobLog> builder)
    {
        builder.HasKey(log => new { log.JobId, log.Fence });
        builder.Property(log => log.JobId).HasMaxLength(Job.IdLength).IsUnicode(false);
        builder.Property(log => log.Fence).ValueGeneratedNever();
        builder.HasMany(log => log.Gaps).WithOne().HasForeignKey(gap => new { gap.JobId, gap.Fence });
    }
}
