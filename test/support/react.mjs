export { createElement, useState } from 'react';
