export * from 'react';
